using System.Text;

namespace MiniK8s.Kubelet.Containers;

/// <summary><c>$(NAME)</c> in commands, arguments and values (third_party/forked/golang/expansion of Kubernetes).</summary>
internal static class VariableExpansion
{
    /// <summary>Puts in the variables that are known; <c>$$</c> is a dollar sign, and an unknown reference stays as it stands.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$', StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                result.Append(text[at]);
                continue;
            }

            if (text[at + 1] == '$')
            {
                result.Append('$');
                at++;
                continue;
            }

            var end = text[at + 1] == '(' ? text.IndexOf(')', at + 2) : -1;
            if (end < 0 || !variables.TryGetValue(text[(at + 2)..end], out var value))
            {
                result.Append('$');
                continue;
            }

            result.Append(value);
            at = end;
        }

        return result.ToString();
    }
}
