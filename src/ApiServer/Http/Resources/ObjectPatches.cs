using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Patching;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Reads patches of the three kinds: JSON patch, merge patch, and the strategic merge patch that knows merge keys.</summary>
internal static class ObjectPatches
{
    private const string JsonType = "application/json-patch+json";
    private const string MergeType = "application/merge-patch+json";
    private const string StrategicType = "application/strategic-merge-patch+json";

    /// <summary>The patch of a body.</summary>
    /// <exception cref="ApiException">415: no patch of this kind is taken. 400: the body is none.</exception>
    public static IObjectPatch Read(string? contentType, ReadOnlyMemory<byte> body, Schema schema) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant() switch
    {
        JsonType => Patch.Of(body, static body => JsonPatch.Parse(body.Span), static (patch, value) => patch.Apply(value)),
        MergeType => Patch.Of(body, Map, static (patch, value) => JsonMergePatch.Apply(value, patch)),
        StrategicType => Patch.Of(body, Map, (patch, value) => StrategicMergePatch.Apply(value, patch, schema)),
        _ => throw ApiErrors.UnsupportedMediaType(contentType, JsonType, MergeType, StrategicType),
    };

    /// <summary>The patch as a JSON object; YAML is taken too, as kubectl's <c>--patch-file</c> may hold it.</summary>
    private static JsonObject Map(ReadOnlyMemory<byte> body) => ObjectDecoder.Read(body).Object;

    /// <summary>A refusal of a patch, with the code that its failure asks for.</summary>
    private static ApiException Refused(PatchException problem) => problem.Failure switch
    {
        PatchFailure.TooLarge => ApiErrors.RequestEntityTooLarge(problem.Message),
        PatchFailure.DoesNotApply => new ApiException(new Status { Outcome = "Failure", Code = 422, Reason = StatusReasons.Invalid, Message = problem.Message }, problem),
        _ => ApiErrors.BadRequest(problem.Message),
    };

    private sealed class Patch(Func<JsonObject, JsonObject> apply) : IObjectPatch
    {
        public static Patch Of<TPatch>(ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, TPatch> parse, Func<TPatch, JsonObject, JsonObject> apply)
        {
            try
            {
                var parsed = parse(body);
                return new Patch(value => apply(parsed, value));
            }
            catch (PatchException problem)
            {
                throw Refused(problem);
            }
            catch (DecodingException problem)
            {
                throw ApiErrors.BadRequest($"error decoding patch: {problem.Message}");
            }
            catch (JsonException problem)
            {
                throw ApiErrors.BadRequest($"error decoding patch: {problem.Message}");
            }
        }

        public ParsedBody Apply(ReadOnlyMemory<byte> json)
        {
            try
            {
                var document = JsonNode.Parse(json.Span) as JsonObject ?? throw new JsonException($"{Encoding.UTF8.GetString(json.Span)} is no object");
                return new ParsedBody(apply(document), []);
            }
            catch (PatchException problem)
            {
                throw Refused(problem);
            }
        }
    }
}
