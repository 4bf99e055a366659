using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Where the next page of a list begins. Opaque to clients.</summary>
/// <param name="Revision">The revision at which the list is read; <see cref="Newest"/> for one that goes on with whatever there is now.</param>
/// <param name="After">The key of the last object of the page before.</param>
internal sealed record ContinueToken(long Revision, string After)
{
    /// <summary>The list is no longer consistent, but goes on.</summary>
    public const long Newest = -1;

    private const string Form = "v1";

    /// <summary>Reads a token.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n');
            if (parts is [Form, var revision, var after])
                return new ContinueToken(long.Parse(revision, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), after);
        }
        catch (FormatException)
        {
            // As below.
        }

        throw ApiErrors.BadRequest("continue key is not valid: it is no token that this server gave out");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Form}\n{Revision}\n{After}")));
}
