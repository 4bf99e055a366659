using MiniK8s.Api.Errors;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Reads patches.</summary>
internal static class ObjectPatches
{
    /// <summary>The patch of a body.</summary>
    public static IObjectPatch Read(string? contentType, ReadOnlyMemory<byte> body, Schema schema) =>
        throw ApiErrors.UnsupportedMediaType(contentType, "none yet");
}
