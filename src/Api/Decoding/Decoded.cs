using System.Text.Json.Nodes;

namespace MiniK8s.Api.Decoding;

/// <summary>An object that fits its schema.</summary>
/// <param name="Object">The object.</param>
/// <param name="Warnings">What was left out, for the <c>Warning</c> header; only with <see cref="FieldValidation.Warn"/>.</param>
public sealed record Decoded(JsonObject Object, IReadOnlyList<string> Warnings);

/// <summary>A typed object that fits its schema.</summary>
/// <param name="Object">The object.</param>
/// <param name="Warnings">What was left out, for the <c>Warning</c> header; only with <see cref="FieldValidation.Warn"/>.</param>
public sealed record Decoded<T>(T Object, IReadOnlyList<string> Warnings);
