using System.Globalization;
using System.Text;

namespace MiniK8s.Api.Decoding;

/// <summary>Where a walk through an object stands, written out only when something is wrong there.</summary>
internal sealed class FieldTrail
{
    private readonly List<(string? Name, int Index)> steps = [];

    public void Enter(string name) => steps.Add((name, 0));

    public void Enter(int index) => steps.Add((null, index));

    public void Leave() => steps.RemoveAt(steps.Count - 1);

    /// <summary>Such as <c>spec.ports[0].port</c>; without indices, as Go words type errors, <c>spec.ports.port</c>.</summary>
    public string Text(bool withIndices = true)
    {
        var text = new StringBuilder();
        foreach (var (name, index) in steps)
        {
            if (name is not null) text.Append(text.Length == 0 ? "" : ".").Append(name);
            else if (withIndices) text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }

        return text.ToString();
    }

    /// <summary>The path of a field below the present place.</summary>
    public string Text(string field) => steps.Count == 0 ? field : $"{Text()}.{field}";
}
