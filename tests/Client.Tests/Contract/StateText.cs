using MiniK8s.Api.Core.V1;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>Objects as text, for comparison: names, versions and contents, in order.</summary>
internal static class StateText
{
    internal static string Of(IEnumerable<ConfigMap> maps) => string.Join(
        '\n',
        maps.OrderBy(map => map.Metadata.Name, StringComparer.Ordinal)
            .Select(map => $"{map.Metadata.Name}@{map.Metadata.ResourceVersion}={map.Data.GetValueOrDefault("value")}"));
}
