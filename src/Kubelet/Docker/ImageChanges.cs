using System.Text.Json;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

/// <summary>The configuration of an imported image as lines of a Dockerfile, which is how the engine takes it.</summary>
internal static class ImageChanges
{
    internal static IEnumerable<string> Of(ImportedImage image)
    {
        foreach (var (name, value) in image.Environment)
        {
            yield return $"ENV {name}={Quote(value)}";
        }

        foreach (var (name, value) in image.Labels)
        {
            yield return $"LABEL {Quote(name)}={Quote(value)}";
        }

        foreach (var port in image.ExposedPorts)
        {
            yield return $"EXPOSE {port}";
        }

        if (image.Entrypoint.Count > 0)
        {
            yield return $"ENTRYPOINT {Array(image.Entrypoint)}";
        }

        if (image.Command.Count > 0)
        {
            yield return $"CMD {Array(image.Command)}";
        }
    }

    private static string Array(IReadOnlyList<string> words) => JsonSerializer.Serialize(words, DockerJson.Default.IReadOnlyListString);

    /// <summary>A Dockerfile's word: in double quotes, with its special characters after a backslash.</summary>
    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"";
}
