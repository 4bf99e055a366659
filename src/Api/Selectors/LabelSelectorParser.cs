namespace MiniK8s.Api.Selectors;

/// <summary>Reads <c>a=b,c!=d,e in (x,y),f notin (z),g,!h,i&gt;1</c>.</summary>
internal sealed class LabelSelectorParser(string text)
{
    private const string Special = ",()=!<>";
    private int at;

    public IReadOnlyList<LabelRequirement> Parse()
    {
        var found = new List<LabelRequirement>();
        if (Peek().Length == 0) return found;
        while (true)
        {
            found.Add(Requirement());
            var next = Next();
            if (next.Length == 0) return found;
            if (next != ",") throw Error($"found '{next}', expected: ',' or 'end of string'");
        }
    }

    private LabelRequirement Requirement()
    {
        var negated = Peek() == "!";
        if (negated) Next();
        var key = Next();
        if (key.Length == 0 || Special.Contains(key[0])) throw Error($"found '{key}', expected: !, identifier, or 'end of string'");
        if (negated) return new LabelRequirement(key, LabelOperator.DoesNotExist, []);
        return Peek() switch
        {
            "" or "," => new LabelRequirement(key, LabelOperator.Exists, []),
            _ => WithValues(key, Next()),
        };
    }

    private LabelRequirement WithValues(string key, string @operator) => @operator switch
    {
        "=" or "==" => new LabelRequirement(key, LabelOperator.In, [Single()]),
        "!=" => new LabelRequirement(key, LabelOperator.NotIn, [Single()]),
        "in" => new LabelRequirement(key, LabelOperator.In, Several()),
        "notin" => new LabelRequirement(key, LabelOperator.NotIn, Several()),
        ">" => new LabelRequirement(key, LabelOperator.GreaterThan, [Single()]),
        "<" => new LabelRequirement(key, LabelOperator.LessThan, [Single()]),
        _ => throw Error($"found '{@operator}', expected: in, notin, =, ==, !=, gt, lt"),
    };

    private string Single()
    {
        var value = Peek();
        if (value is "" or ",") return "";
        if (Special.Contains(value[0])) throw Error($"found '{value}', expected: identifier");
        return Next();
    }

    private List<string> Several()
    {
        if (Next() is not "(" and var open) throw Error($"found '{open}' expected: '('");
        var values = new List<string>();
        while (true)
        {
            var value = Peek();
            // "(,a)" and "(a,)" name the empty value, as in Kubernetes.
            if (value is "," or ")") values.Add("");
            else if (value.Length == 0 || Special.Contains(value[0])) throw Error($"found '{value}', expected: ',', ')' or identifier");
            else values.Add(Next());
            var next = Next();
            if (next == ")") return values;
            if (next != ",") throw Error($"found '{next}', expected: ',' or ')'");
        }
    }

    private string Peek()
    {
        var before = at;
        var token = Next();
        at = before;
        return token;
    }

    private string Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        var start = at;
        if (at == text.Length) return "";
        if (!Special.Contains(text[at]))
        {
            while (at < text.Length && !Special.Contains(text[at]) && !char.IsWhiteSpace(text[at])) at++;
            return text[start..at];
        }

        at++;
        if (text[start] is '=' or '!' && at < text.Length && text[at] == '=') at++;
        return text[start..at];
    }

    private SelectorException Error(string what) => new($"unable to parse requirement: {what} (in \"{text}\")");
}
