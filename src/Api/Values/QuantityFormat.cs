namespace MiniK8s.Api.Values;

/// <summary>The family of suffixes that a quantity was written with, and keeps.</summary>
internal enum QuantityFormat
{
    /// <summary><c>n u m k M G T P E</c>.</summary>
    DecimalSI,

    /// <summary><c>Ki Mi Gi Ti Pi Ei</c>.</summary>
    BinarySI,

    /// <summary><c>e3</c>.</summary>
    DecimalExponent,
}
