using System.Globalization;
using System.Text;
using MiniK8s.Api.Networking;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// Brings a rule into one form, so that what was written can be compared with what iptables-save gives back of it: options with
/// their words in sorted order, addresses without the prefix of a single host, and what the programs add or put otherwise as they
/// would show it.
/// </summary>
internal static class RuleWords
{
    private const double ProbabilitySteps = 0x80000000;

    /// <summary>The rule's one form. Its text is for comparison only.</summary>
    public static string Canonical(string rule)
    {
        var options = Options(Split(rule));
        options.RemoveAll(option => option is ["--rsource"] or ["--mask", _]);
        for (var i = 0; i < options.Count; i++) Normalise(options[i]);
        return string.Join('\n', options.Select(option => string.Join(' ', option)).Order(StringComparer.Ordinal));
    }

    /// <summary>The words of a rule; what stands in quotes is one word, without them.</summary>
    internal static List<string> Split(string rule)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (inQuotes, inWord) = (false, false);
        for (var i = 0; i < rule.Length; i++)
        {
            var c = rule[i];
            if (c == '\\' && inQuotes && i + 1 < rule.Length) word.Append(rule[++i]);
            else if (c == '"') (inQuotes, inWord) = (!inQuotes, true);
            else if (c == ' ' && !inQuotes) End();
            else (inWord, _) = (true, word.Append(c));
        }
        End();
        return words;

        void End()
        {
            if (inWord) words.Add(word.ToString());
            word.Clear();
            inWord = false;
        }
    }

    /// <summary>Groups words by the option that they belong to; a negation goes with the option that it stands before.</summary>
    private static List<string[]> Options(List<string> words)
    {
        var options = new List<string[]>();
        var begin = 0;
        for (var i = 1; i <= words.Count; i++)
        {
            if (i < words.Count && !IsBeginning(words, i)) continue;
            if (i > begin) options.Add([.. words[begin..i]]);
            begin = i;
        }
        return options;
    }

    private static bool IsBeginning(List<string> words, int at) =>
        words[at] == "!" || (words[at - 1] != "!" && words[at - 1] is not ("--comment" or "-j") && words[at].Length > 1 && words[at][0] == '-' && !char.IsAsciiDigit(words[at][1]));

    private static void Normalise(string[] option)
    {
        switch (option)
        {
            case [.., "-s" or "-d", _]:
                option[^1] = Address(option[^1]);
                break;
            case ["--probability", _]:
                option[1] = Steps(option[1]);
                break;
            case ["--or-mark", _]:
                (option[0], option[1]) = ("--set-xmark", $"{option[1]}/{option[1]}");
                break;
            case ["--xor-mark", _]:
                (option[0], option[1]) = ("--set-xmark", $"{option[1]}/0x0");
                break;
        }
    }

    /// <summary>The kernel keeps a probability in 31 bits.</summary>
    private static string Steps(string probability) =>
        double.TryParse(probability, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? Math.Round(value * ProbabilitySteps).ToString(CultureInfo.InvariantCulture)
            : probability;

    private static string Address(string text)
    {
        var parts = text.Split('/');
        if (!IpText.TryParse(parts[0], out var address)) return text;
        var whole = address.AddressFamily == IpFamily.V4.AddressFamily ? "32" : "128";
        return parts.Length == 1 || parts[1] == whole ? $"{address}" : $"{address}/{parts[1]}";
    }
}
