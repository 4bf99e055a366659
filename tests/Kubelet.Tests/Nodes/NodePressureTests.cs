using MiniK8s.Kubelet.Nodes;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubelet.Tests.Nodes;

public class NodePressureTests
{
    private static readonly NodeReadings Plenty = new("MemTotal:  8000000 kB\nMemAvailable:  4000000 kB\n", "0.1 0.2 0.3 2/400 999\n", "32768\n", 1000, 500);

    [Fact]
    public void A_host_with_plenty_of_everything_is_under_no_pressure() => Assert.Equal(NodePressure.None, NodePressure.Of(Plenty));

    [Theory]
    [InlineData(102_399, true)]
    [InlineData(102_400, false)]
    public void Memory_is_short_below_100_MiB(int kibibytes, bool expected) =>
        Assert.Equal(NodePressure.None with { Memory = expected }, NodePressure.Of(Plenty with { MemoryInfo = $"MemFree:  1 kB\nMemAvailable:   {kibibytes} kB\n" }));

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Disk_is_short_below_a_tenth(long free, bool expected) =>
        Assert.Equal(NodePressure.None with { Disk = expected }, NodePressure.Of(Plenty with { FreeDiskBytes = free }));

    [Theory]
    [InlineData(951, true)]
    [InlineData(950, false)]
    public void Process_ids_are_short_below_a_twentieth(int tasks, bool expected) =>
        Assert.Equal(NodePressure.None with { Processes = expected }, NodePressure.Of(Plenty with { LoadAverage = $"0 0 0 1/{tasks} 1", MostProcesses = "1000" }));

    [Fact]
    public void What_cannot_be_read_counts_as_plenty() => Assert.Equal(NodePressure.None, NodePressure.Of(new NodeReadings("", "nonsense", "", 0, 0)));

    [Fact]
    public void A_real_host_can_be_read_also_before_the_data_directory_is_made()
    {
        using var folder = TestFolder.Create();
        var readings = NodeReadings.Take(folder["not/there/yet"]);
        Assert.Contains("MemAvailable:", readings.MemoryInfo, StringComparison.Ordinal);
        Assert.Contains('/', readings.LoadAverage);
        Assert.True(int.Parse(readings.MostProcesses, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.InRange(readings.FreeDiskBytes, 1, readings.DiskBytes);
    }
}
