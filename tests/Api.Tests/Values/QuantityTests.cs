using MiniK8s.Api.Values;

namespace MiniK8s.Api.Tests.Values;

public class QuantityTests
{
    private const string WrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0Mi", "0")]
    [InlineData("0.5", "500m")]
    [InlineData(".5", "500m")]
    [InlineData("1.", "1")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("100000", "100k")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1025Mi", "1025Mi")]
    [InlineData("0.1Ki", "102400m")]
    [InlineData("1.1Ki", "1126400m")]
    [InlineData("512", "512")]
    [InlineData("1023Ki", "1023Ki")]
    [InlineData("0.5Ki", "512")]
    [InlineData("-2048Ki", "-2Mi")]
    [InlineData("+1", "1")]
    [InlineData("1e3", "1e3")]
    [InlineData("1000e3", "1e6")]
    [InlineData("1E", "1E")]
    [InlineData("1E3", "1e3")]
    [InlineData("12e-1", "1200e-3")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("-0.0000000001", "-1n")]
    [InlineData("1e-1000000", "1e-9")]
    [InlineData("1e1000000", "9223372036854775807")]
    [InlineData("100E", "9223372036854775807")]
    [InlineData("0001", "1")]
    public void Stored_form_is_the_canonical_one(string text, string canonical)
    {
        Assert.True(Quantity.TryParse(text, out var quantity, out var error), error);
        Assert.Equal(canonical, quantity.Text);
        Assert.Equal(canonical, quantity.Canonical.Text);
    }

    [Theory]
    [InlineData("", WrongFormat)]
    [InlineData("aoeu", WrongFormat)]
    [InlineData("1.1.M", WrongFormat)]
    [InlineData("1+1.0M", WrongFormat)]
    [InlineData(" 1", WrongFormat)]
    [InlineData("1 ", WrongFormat)]
    [InlineData("m", WrongFormat)]
    [InlineData(".", WrongFormat)]
    [InlineData("-", WrongFormat)]
    [InlineData("0.1mi", "unable to parse quantity's suffix")]
    [InlineData("1i", "unable to parse quantity's suffix")]
    [InlineData(".5i", "unable to parse quantity's suffix")]
    [InlineData("-3.01e-", "unable to parse quantity's suffix")]
    [InlineData("1K", null)]
    [InlineData("1MM", "unable to parse quantity's suffix")]
    public void Wrong_amounts_are_refused_in_the_words_of_Kubernetes(string text, string? error)
    {
        Assert.False(Quantity.TryParse(text, out _, out var found));
        Assert.Equal(error ?? "unable to parse quantity's suffix", found);
    }

    [Theory]
    [InlineData("1", "1000m", 0)]
    [InlineData("1Ki", "1k", 1)]
    [InlineData("-1", "1n", -1)]
    public void Amounts_compare_across_suffixes(string left, string right, int order) =>
        Assert.Equal(order, Math.Sign(new Quantity(left).CompareTo(new Quantity(right))));

    [Theory]
    [InlineData("1Gi", "512Mi", "1536Mi", "512Mi")]
    [InlineData("1", "250m", "1250m", "750m")]
    [InlineData("0", "1Ki", "1Ki", "-1Ki")]
    [InlineData("1Gi", "1G", "2073741824", "73741824")]
    public void Sums_keep_the_suffixes_of_the_left(string left, string right, string sum, string difference)
    {
        Assert.Equal(sum, (new Quantity(left) + new Quantity(right)).Text);
        Assert.Equal(difference, (new Quantity(left) - new Quantity(right)).Text);
    }

    [Fact]
    public void Units_and_thousandths_round_away_from_zero()
    {
        Assert.Equal(1, new Quantity("1m").Units);
        Assert.Equal(-1, new Quantity("-1m").Units);
        Assert.Equal(1, new Quantity("1n").Milli);
        Assert.Equal(1500, new Quantity("1.5").Milli);
        Assert.Equal(64 << 20, new Quantity("64Mi").Units);
        Assert.Throws<FormatException>(() => new Quantity("x").Units);
    }
}
