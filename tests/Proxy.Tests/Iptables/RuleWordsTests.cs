using MiniK8s.Proxy.Iptables;

namespace MiniK8s.Proxy.Tests.Iptables;

public sealed class RuleWordsTests
{
    /// <summary>As written, and as iptables-save 1.8.9 gives it back.</summary>
    [Theory]
    [InlineData(
        "-m comment --comment \"shop/web:http cluster IP\" -m tcp -p tcp -d 10.96.0.10 --dport 80 ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ",
        "! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m comment --comment \"shop/web:http cluster IP\" -m tcp --dport 80 -j KUBE-MARK-MASQ")]
    [InlineData(
        "-m comment --comment \"a -> b\" -m statistic --mode random --probability 0.3333333333 -j KUBE-SEP-A",
        "-m comment --comment \"a -> b\" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-A")]
    [InlineData(
        "-m comment --comment \"shop/web\" -m recent --name KUBE-SEP-A --set -m udp -p udp -j DNAT --to-destination 10.244.1.1:53",
        "-p udp -m comment --comment shop/web -m recent --set --name KUBE-SEP-A --mask 255.255.255.255 --rsource -m udp -j DNAT --to-destination 10.244.1.1:53")]
    [InlineData("-j MARK --or-mark 0x4000", "-j MARK --set-xmark 0x4000/0x4000")]
    [InlineData("-j MARK --xor-mark 0x4000", "-j MARK --set-xmark 0x4000/0x0")]
    [InlineData("-s fd00:0::1 -j KUBE-MARK-MASQ", "-s fd00::1/128 -j KUBE-MARK-MASQ")]
    [InlineData("-m comment --comment \"say \\\"hi\\\"\"", "-m comment --comment \"say \\\"hi\\\"\"")]
    public void A_rule_is_the_same_in_the_kernels_words(string written, string read) => Assert.Equal(RuleWords.Canonical(written), RuleWords.Canonical(read));

    [Theory]
    [InlineData("-d 10.96.0.10 -j A", "-d 10.96.0.1 -j A")]
    [InlineData("-d 10.96.0.10 -j A", "! -d 10.96.0.10 -j A")]
    [InlineData("-d 10.96.0.10 -j A", "-s 10.96.0.10 -j A")]
    [InlineData("-d 10.96.0.10 -j A", "-d 10.96.0.10 -j B")]
    [InlineData("-d 10.96.0.10 -j A", "-d 10.96.0.10 -p tcp -j A")]
    [InlineData("-m comment --comment \"a b\" -j A", "-m comment --comment \"a c\" -j A")]
    [InlineData("-m comment --comment \"-d 1.1.1.1\" -j A", "-m comment --comment x -d 1.1.1.1 -j A")]
    [InlineData("-m statistic --mode random --probability 0.3333333333 -j A", "-m statistic --mode random --probability 0.25 -j A")]
    [InlineData("-m statistic --mode nth --every 3 --packet 0 -j A", "-m statistic --mode nth --every 2 --packet 0 -j A")]
    [InlineData("-j MARK --or-mark 0x4000", "-j MARK --or-mark 0x8000")]
    public void Another_rule_is_another(string one, string other) => Assert.NotEqual(RuleWords.Canonical(one), RuleWords.Canonical(other));
}
