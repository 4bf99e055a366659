using MiniK8s.Api.Declarations;

namespace MiniK8s.ApiServer.Registry;

/// <summary>One kind as the server takes it up: a <see cref="ResourceKind{T}"/> whose type is forgotten, so that kinds fit in one list.</summary>
public abstract class KindRegistration
{
    /// <summary>The names of the kind.</summary>
    public abstract KindInfo Info { get; }

    /// <summary>Wraps the rules of a kind.</summary>
    public static KindRegistration Of<T>(ResourceKind<T> kind) where T : class, IResource<T> => new Typed<T>(kind);

    /// <summary>Gives the rules, with their type, to code that works with any.</summary>
    internal abstract TResult Accept<TResult>(IKindVisitor<TResult> visitor);

    private sealed class Typed<T>(ResourceKind<T> kind) : KindRegistration where T : class, IResource<T>
    {
        public override KindInfo Info => kind.Info;

        internal override TResult Accept<TResult>(IKindVisitor<TResult> visitor) => visitor.Visit(kind);
    }
}

/// <summary>Code that works with the rules of any kind.</summary>
internal interface IKindVisitor<out TResult>
{
    /// <summary>Receives the rules with their type.</summary>
    TResult Visit<T>(ResourceKind<T> kind) where T : class, IResource<T>;
}
