using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

/// <summary>One request to the engine: a method, a path below the version, a query and perhaps a body.</summary>
internal sealed class DockerRequest(HttpMethod method, string path)
{
    private readonly StringBuilder _query = new();

    internal HttpMethod Method { get; } = method;

    internal HttpContent? Content { get; private set; }

    /// <summary>A header and its value; null for none.</summary>
    internal (string Name, string Value)? Header { get; private set; }

    /// <summary>The path with the query.</summary>
    internal string Target => path + _query;

    internal static DockerRequest Get(string path) => new(HttpMethod.Get, path);

    internal static DockerRequest Post(string path) => new(HttpMethod.Post, path);

    internal static DockerRequest Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>A name, id or reference as one or more segments of a path. The engine takes slashes in references as they are.</summary>
    internal static string Segment(string name) => Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);

    internal DockerRequest With(string name, string? value)
    {
        if (value is not null)
        {
            _query.Append(_query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    internal DockerRequest With(string name, bool value) => With(name, value ? "1" : "0");

    internal DockerRequest With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Filters travel as JSON: a map from the filter's name to its values. One without values is left out.</summary>
    internal DockerRequest WithFilters(params ReadOnlySpan<(string Name, IReadOnlyList<string> Values)> filters)
    {
        var map = new Dictionary<string, string[]>();
        foreach (var (name, values) in filters)
        {
            if (values.Count > 0)
            {
                map[name] = [.. values];
            }
        }

        return map.Count == 0 ? this : With("filters", JsonSerializer.Serialize(map, DockerJson.Default.DictionaryStringStringArray));
    }

    internal DockerRequest WithBody<T>(T body, JsonTypeInfo<T> type)
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        Content.Headers.ContentType = new("application/json");
        return this;
    }

    internal DockerRequest WithTar(Stream tar)
    {
        Content = new StreamContent(tar);
        Content.Headers.ContentType = new("application/x-tar");
        return this;
    }

    internal DockerRequest WithHeader(string name, string value)
    {
        Header = (name, value);
        return this;
    }

    internal HttpRequestMessage ToMessage(string apiVersion)
    {
        var message = new HttpRequestMessage(Method, new Uri($"http://docker/v{apiVersion}{Target}")) { Content = Content };
        if (Header is { } header)
        {
            message.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return message;
    }
}
