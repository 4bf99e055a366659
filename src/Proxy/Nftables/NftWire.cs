namespace MiniK8s.Proxy.Nftables;

/// <summary>Numbers of the nf_tables netlink interface (linux/netfilter/nf_tables.h), as far as they are used here.</summary>
internal static class NftWire
{
    /// <summary>NETLINK_NETFILTER.</summary>
    public const int Protocol = 12;

    /// <summary>NFNL_SUBSYS_NFTABLES: the upper byte of every message type, and the resource of every batch.</summary>
    public const ushort Subsystem = 10;

    public const ushort BatchBegin = 16;
    public const ushort BatchEnd = 17;

    public const ushort NewTable = (Subsystem << 8) | 0;
    public const ushort GetTable = (Subsystem << 8) | 1;
    public const ushort DeleteTable = (Subsystem << 8) | 2;
    public const ushort NewChain = (Subsystem << 8) | 3;
    public const ushort GetChain = (Subsystem << 8) | 4;
    public const ushort DeleteChain = (Subsystem << 8) | 5;
    public const ushort NewRule = (Subsystem << 8) | 6;
    public const ushort GetRule = (Subsystem << 8) | 7;
    public const ushort DeleteRule = (Subsystem << 8) | 8;
    public const ushort NewSet = (Subsystem << 8) | 9;
    public const ushort GetSet = (Subsystem << 8) | 10;
    public const ushort DeleteSet = (Subsystem << 8) | 11;
    public const ushort NewElement = (Subsystem << 8) | 12;
    public const ushort GetElement = (Subsystem << 8) | 13;
    public const ushort DeleteElement = (Subsystem << 8) | 14;
    public const ushort NewGeneration = (Subsystem << 8) | 15;
    public const ushort GetGeneration = (Subsystem << 8) | 16;

    /// <summary>NFTA_LIST_ELEM.</summary>
    public const ushort ListItem = 1;

    public static class Table
    {
        public const ushort Name = 1;
        public const ushort Handle = 4;
        public const ushort UserData = 6;
    }

    public static class Chain
    {
        public const ushort Table = 1;
        public const ushort Name = 3;
        public const ushort Hook = 4;
        public const ushort Policy = 5;
        public const ushort Type = 7;
        public const ushort HookNumber = 1;
        public const ushort HookPriority = 2;
    }

    public static class Rule
    {
        public const ushort Table = 1;
        public const ushort Chain = 2;
        public const ushort Expressions = 4;
        public const ushort UserData = 7;
    }

    public static class Set
    {
        public const ushort Table = 1;
        public const ushort Name = 2;
        public const ushort Flags = 3;
        public const ushort KeyType = 4;
        public const ushort KeyLength = 5;
        public const ushort DataType = 6;
        public const ushort DataLength = 7;
        public const ushort Description = 9;
        public const ushort Id = 10;
        public const ushort Timeout = 11;
        public const ushort UserData = 13;
        public const ushort DescriptionSize = 1;

        public const uint MapFlag = 0x8;
        public const uint TimeoutFlag = 0x10;
        public const uint DynamicFlag = 0x20;
    }

    public static class Element
    {
        public const ushort ListTable = 1;
        public const ushort ListSet = 2;
        public const ushort ListElements = 3;
        public const ushort Key = 1;
        public const ushort Data = 2;
        public const ushort Timeout = 4;
        public const ushort Expiration = 5;
    }

    public static class Data
    {
        public const ushort Value = 1;
        public const ushort Verdict = 2;
        public const ushort VerdictCode = 1;
        public const ushort VerdictChain = 2;
    }

    public static class Expression
    {
        public const ushort Name = 1;
        public const ushort Data = 2;
    }

    /// <summary>NFTA_GEN_ID.</summary>
    public const ushort GenerationId = 1;

    /// <summary>NFTA_GEN_PROC_PID.</summary>
    public const ushort GenerationProcess = 2;

    /// <summary>NFTA_GEN_PROC_NAME.</summary>
    public const ushort GenerationProcessName = 3;

    /// <summary>NFNLGRP_NFTABLES: the group of those who are told of every change.</summary>
    public const int MulticastGroup = 7;

    /// <summary>The verdicts that a rule or an element of a verdict map can give.</summary>
    public static class Verdict
    {
        public const int Drop = 0;
        public const int Accept = 1;
        public const int Jump = -3;
        public const int Goto = -4;
        public const int Return = -5;
    }

    /// <summary>Types of values by nft's numbers (nft's datatype.h); the kernel keeps them only for those who list the table.</summary>
    public static class DataType
    {
        public const uint Verdict = 0xffffff00;
        public const uint Ipv4Address = 7;
        public const uint Ipv6Address = 8;
        public const uint Protocol = 12;
        public const uint Service = 13;
        public const uint Mark = 19;
        public const int BitsEach = 6;
    }
}
