using System.Text;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Applies scripts to tables in memory; fails when told to.</summary>
internal sealed class FakeApplier : IRuleApplier
{
    public FakeTables Tables { get; } = new();

    public List<string> Scripts { get; } = [];

    public int Reads { get; private set; }

    /// <summary>How many of the next restores fail.</summary>
    public int Failures { get; set; }

    /// <inheritdoc/>
    public Task RestoreAsync(ReadOnlyMemory<byte> script, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(script.Span);
        Scripts.Add(text);
        if (Failures-- > 0) throw new RuleApplyException("told to fail", new InvalidOperationException());
        Tables.Restore(text);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> HasStaticRulesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Tables.Chains("nat").GetValueOrDefault(ChainNames.MarkMasquerade, []).Count > 0 && Tables.Chains("filter").GetValueOrDefault(ChainNames.Forward, []).Count > 0);

    /// <inheritdoc/>
    public Task<KernelTables> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult(KernelTables.Parse(Encoding.UTF8.GetBytes(Tables.Save())));
    }
}
