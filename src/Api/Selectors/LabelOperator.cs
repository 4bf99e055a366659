namespace MiniK8s.Api.Selectors;

/// <summary>What a requirement of a label selector asks of a label.</summary>
public enum LabelOperator
{
    /// <summary>The label is there and has one of the values.</summary>
    In,

    /// <summary>The label is not there, or has none of the values.</summary>
    NotIn,

    /// <summary>The label is there.</summary>
    Exists,

    /// <summary>The label is not there.</summary>
    DoesNotExist,

    /// <summary>The label is there and is a whole number greater than the value.</summary>
    GreaterThan,

    /// <summary>The label is there and is a whole number less than the value.</summary>
    LessThan,
}
