namespace MiniK8s.Api.Decoding;

/// <summary>What becomes of unknown and duplicate fields (the query parameter <c>fieldValidation</c>). Unknown fields are never kept.</summary>
public enum FieldValidation
{
    /// <summary>They are dropped, and reported as warnings. The default of the API server.</summary>
    Warn,

    /// <summary>They are dropped in silence.</summary>
    Ignore,

    /// <summary>The object is refused.</summary>
    Strict,
}
