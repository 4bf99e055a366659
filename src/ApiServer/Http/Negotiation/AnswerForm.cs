using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>What an answer shows of objects.</summary>
internal enum AnswerView
{
    /// <summary>The objects.</summary>
    Object,

    /// <summary>A Table, as command lines print.</summary>
    Table,

    /// <summary>Only the metadata.</summary>
    Metadata,
}

/// <summary>The form of an answer, agreed with the client through its <c>Accept</c> header.</summary>
/// <param name="View">What it shows.</param>
/// <param name="MetaVersion">The version of meta.k8s.io in which a Table or metadata is wanted.</param>
/// <param name="IsYaml">YAML instead of JSON.</param>
internal sealed record AnswerForm(AnswerView View, string MetaVersion, bool IsYaml)
{
    /// <summary>JSON of the objects themselves.</summary>
    public static AnswerForm Json { get; } = new(AnswerView.Object, "v1", IsYaml: false);

    /// <summary>What a Table row carries of its object (<c>includeObject</c>): None, Metadata or Object.</summary>
    public string IncludeObject { get; init; } = "Metadata";

    /// <summary>The media type of the answer.</summary>
    public string ContentType => IsYaml ? "application/yaml" : "application/json";

    /// <summary>
    /// The first form that the client accepts and the server has. Protobuf is accepted by clients that read JSON too, and answered
    /// with JSON.
    /// </summary>
    /// <exception cref="ApiException">406: the client accepts nothing that the server has.</exception>
    public static AnswerForm Negotiate(HttpRequest request, bool hasViews = true)
    {
        foreach (var range in MediaRange.Parse(request.Headers.Accept))
        {
            var isJson = range.Includes("application/json");
            if (!isJson && !range.Includes("application/yaml")) continue;
            switch (range["as"])
            {
                case "":
                    return new AnswerForm(AnswerView.Object, "v1", !isJson);
                case "Table" when hasViews && isJson && range["g"] == "meta.k8s.io" && range["v"] is "v1" or "v1beta1":
                    return new AnswerForm(AnswerView.Table, range["v"], IsYaml: false) { IncludeObject = IncludeObjectIn(request) };
                case "PartialObjectMetadata" or "PartialObjectMetadataList" when hasViews && isJson && range["g"] == "meta.k8s.io" && range["v"] is "v1" or "v1beta1":
                    return new AnswerForm(AnswerView.Metadata, range["v"], IsYaml: false);
            }
        }

        throw ApiErrors.NotAcceptable("application/json", "application/yaml");
    }

    private static string IncludeObjectIn(HttpRequest request) => request.Query["includeObject"].ToString() switch
    {
        "" => "Metadata",
        "None" or "Metadata" or "Object" => request.Query["includeObject"].ToString(),
        var other => throw ApiErrors.BadRequest($"includeObject={other} is none of None, Metadata, Object"),
    };
}
