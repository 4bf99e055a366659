using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>A pod that is right, with one part put in, and the errors that it makes.</summary>
public sealed class PodValidationTests
{
    private static readonly PodKind Kind = new();

    [Theory]
    [InlineData("containers", "[]", "spec.containers: Required value")]
    [InlineData("containers", """[{"name":"C","image":"x"}]""", "spec.containers[0].name: Invalid value: \"C\": a lowercase RFC 1123 label")]
    [InlineData("containers", """[{"image":"x"}]""", "spec.containers[0].name: Required value")]
    [InlineData("containers", """[{"name":"c"}]""", "spec.containers[0].image: Required value")]
    [InlineData("containers", """[{"name":"c","image":" x"}]""", "spec.containers[0].image: Invalid value: \" x\": must not have leading or trailing whitespace")]
    [InlineData("containers", """[{"name":"c","image":"x"},{"name":"c","image":"x"}]""", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("containers", """[{"name":"c","image":"x","imagePullPolicy":"Sometimes"}]""", "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData("containers", """[{"name":"c","image":"x","terminationMessagePolicy":"x"}]""", "spec.containers[0].terminationMessagePolicy: Unsupported value: \"x\"")]
    [InlineData("containers", """[{"name":"c","image":"x","restartPolicy":"Always"}]""", "spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{}]}]""", "spec.containers[0].ports[0].containerPort: Required value")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{"containerPort":65536}]}]""", "spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{"name":"a-much-too-long-name","containerPort":80}]}]""", "spec.containers[0].ports[0].name: Invalid value: \"a-much-too-long-name\": must be no more than 15 characters")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{"name":"a","containerPort":80},{"name":"a","containerPort":81}]}]""", "spec.containers[0].ports[1].name: Duplicate value: \"a\"")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{"containerPort":80,"hostPort":8080},{"containerPort":81,"hostPort":8080}]}]""", "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//8080\"")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{"containerPort":80,"protocol":"tcp"}]}]""", "spec.containers[0].ports[0].protocol: Unsupported value: \"tcp\"")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"value":"v"}]}]""", "spec.containers[0].env[0].name: Required value")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"name":"a=b"}]}]""", "spec.containers[0].env[0].name: Invalid value: \"a=b\"")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"name":"a","valueFrom":{}}]}]""", "spec.containers[0].env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"name":"a","value":"v","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]}]""", "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"spec.magic"}}}]}]""", "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"spec.magic\"")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"name":"a","valueFrom":{"secretKeyRef":{"key":"k"}}}]}]""", "spec.containers[0].env[0].valueFrom.secretKeyRef.name: Required value")]
    [InlineData("containers", """[{"name":"c","image":"x","envFrom":[{}]}]""", "spec.containers[0].envFrom[0]: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`")]
    [InlineData("containers", """[{"name":"c","image":"x","volumeMounts":[{"name":"no","mountPath":"/d"}]}]""", "spec.containers[0].volumeMounts[0].name: Not found: \"no\"")]
    [InlineData("containers", """[{"name":"c","image":"x","volumeMounts":[{"name":"v"}]}]""", "spec.containers[0].volumeMounts[0].mountPath: Required value")]
    [InlineData("containers", """[{"name":"c","image":"x","volumeMounts":[{"name":"v","mountPath":"/d"},{"name":"v","mountPath":"/d"}]}]""", "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/d\": must be unique")]
    [InlineData("containers", """[{"name":"c","image":"x","volumeMounts":[{"name":"v","mountPath":"/d","subPath":"../x"}]}]""", "spec.containers[0].volumeMounts[0].subPath: Invalid value: \"../x\": must not contain '..'")]
    [InlineData("containers", """[{"name":"c","image":"x","livenessProbe":{}}]""", "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData("containers", """[{"name":"c","image":"x","livenessProbe":{"exec":{"command":["a"]},"tcpSocket":{"port":1}}}]""", "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type")]
    [InlineData("containers", """[{"name":"c","image":"x","livenessProbe":{"successThreshold":2,"exec":{"command":["a"]}}}]""", "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData("containers", """[{"name":"c","image":"x","readinessProbe":{"periodSeconds":-1,"exec":{"command":["a"]}}}]""", "spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("containers", """[{"name":"c","image":"x","readinessProbe":{"httpGet":{"port":0}}}]""", "spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("containers", """[{"name":"c","image":"x","readinessProbe":{"httpGet":{"port":1,"scheme":"FTP"}}}]""", "spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: \"FTP\": supported values: \"HTTP\", \"HTTPS\"")]
    [InlineData("containers", """[{"name":"c","image":"x","lifecycle":{"preStop":{"exec":{}}}}]""", "spec.containers[0].lifecycle.preStop.exec.command: Required value")]
    [InlineData("containers", """[{"name":"c","image":"x","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}]""", "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("containers", """[{"name":"c","image":"x","resources":{"requests":{"memory":"-1"}}}]""", "spec.containers[0].resources.requests[memory]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("containers", """[{"name":"c","image":"x","resources":{"requests":{"magic":"1"}}}]""", "spec.containers[0].resources.requests[magic]: Invalid value: \"magic\": must be a standard resource for containers")]
    [InlineData("containers", """[{"name":"c","image":"x","securityContext":{"privileged":true,"allowPrivilegeEscalation":false}}]""", "spec.containers[0].securityContext: Invalid value: \"\": cannot set `allowPrivilegeEscalation` to false and `privileged` to true")]
    [InlineData("containers", """[{"name":"c","image":"x","securityContext":{"runAsUser":-1}}]""", "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive")]
    [InlineData("initContainers", """[{"name":"c","image":"x"}]""", "spec.initContainers[0].name: Duplicate value: \"c\"")]
    [InlineData("initContainers", """[{"name":"i","image":"x","restartPolicy":"Never"}]""", "spec.initContainers[0].restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")]
    [InlineData("initContainers", """[{"name":"i","image":"x","readinessProbe":{"exec":{"command":["a"]}}}]""", "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData("volumes", """[{"name":"v"},{"name":"v"}]""", "spec.volumes[1].name: Duplicate value: \"v\"")]
    [InlineData("volumes", """[{"name":"v","emptyDir":{},"hostPath":{"path":"/a"}}]""", "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")]
    [InlineData("volumes", """[{"name":"v","hostPath":{"path":"/a/../b"}}]""", "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'")]
    [InlineData("volumes", """[{"name":"v","hostPath":{"path":"/a","type":"Magic"}}]""", "spec.volumes[0].hostPath.type: Unsupported value: \"Magic\"")]
    [InlineData("volumes", """[{"name":"v","secret":{}}]""", "spec.volumes[0].secret.secretName: Required value")]
    [InlineData("volumes", """[{"name":"v","configMap":{"name":"m","defaultMode":512}}]""", "spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive")]
    [InlineData("volumes", """[{"name":"v","configMap":{"name":"m","items":[{"key":"k","path":"/abs"}]}}]""", "spec.volumes[0].configMap.items[0].path: Invalid value: \"/abs\": must be a relative path")]
    [InlineData("restartPolicy", "\"Sometimes\"", "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\"")]
    [InlineData("activeDeadlineSeconds", "0", "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive")]
    [InlineData("dnsPolicy", "\"Magic\"", "spec.dnsPolicy: Unsupported value: \"Magic\": supported values: \"ClusterFirst\", \"ClusterFirstWithHostNet\", \"Default\", \"None\"")]
    [InlineData("dnsPolicy", "\"None\"", "spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None")]
    [InlineData("dnsConfig", """{"nameservers":["1.1.1.1","1.1.1.2","1.1.1.3","1.1.1.4"]}""", "spec.dnsConfig.nameservers: Invalid value: [\"1.1.1.1\", \"1.1.1.2\", \"1.1.1.3\", \"1.1.1.4\"]: must not have more than 3 nameservers")]
    [InlineData("hostname", "\"a.b\"", "spec.hostname: Invalid value: \"a.b\"")]
    [InlineData("hostAliases", """[{"ip":"x","hostnames":["a"]}]""", "spec.hostAliases[0].ip: Invalid value: \"x\": must be a valid IP address")]
    [InlineData("nodeSelector", """{"a b":"c"}""", "spec.nodeSelector: Invalid value: \"a b\"")]
    [InlineData("tolerations", """[{"operator":"Equal"}]""", "spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"")]
    [InlineData("tolerations", """[{"key":"a","operator":"Exists","effect":"NoSchedule","tolerationSeconds":1}]""", "spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set")]
    [InlineData("affinity", """{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[]}}}""", "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term")]
    [InlineData("affinity", """{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"In"}]}]}}}""", "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'")]
    [InlineData("topologySpreadConstraints", """[{"maxSkew":0,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"}]""", "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero")]
    [InlineData("serviceAccountName", "\"A\"", "spec.serviceAccountName: Invalid value: \"A\"")]
    public void Refused(string field, string value, string error)
    {
        var errors = Kind.Create(Pod(field, value)).Errors;
        Assert.StartsWith(error, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hostNetwork", "true")]
    [InlineData("initContainers", """[{"name":"i","image":"x","restartPolicy":"Always","readinessProbe":{"exec":{"command":["a"]}}}]""")]
    [InlineData("tolerations", """[{"operator":"Exists"}]""")]
    [InlineData("containers", """[{"name":"c","image":"x","ports":[{"containerPort":53,"hostPort":53},{"containerPort":53,"hostPort":53,"protocol":"UDP"}]}]""")]
    [InlineData("containers", """[{"name":"c","image":"x","env":[{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['app']"}}}]}]""")]
    [InlineData("containers", """[{"name":"c","image":"x","readinessProbe":{"httpGet":{"port":"http"}}}]""")]
    [InlineData("volumes", """[{"name":"v","secret":{"secretName":"s"}}]""")]
    public void Accepted(string field, string value) => Assert.Empty(Kind.Create(Pod(field, value)).Errors.Lines());

    [Fact]
    public void A_port_on_the_hosts_network_must_be_the_hosts()
    {
        var pod = Pipeline.Read<Pod>("""{"spec":{"hostNetwork":true,"containers":[{"name":"c","image":"x","ports":[{"containerPort":80,"hostPort":81}]}]}}""");
        Assert.Equal("spec.containers[0].ports[0].containerPort: Invalid value: 80: must match `hostPort` when `hostNetwork` is true", Assert.Single(Kind.Create(pod).Errors).ToString());
    }

    [Fact]
    public void A_gated_pod_has_no_node()
    {
        var pod = Pod("schedulingGates", """[{"name":"example.com/wait"}]""");
        Assert.Equal("spec.nodeName", Assert.Single(Kind.Create(pod with { Spec = pod.Spec! with { NodeName = "n1" } }).Errors).Field);
        Assert.Equal("SchedulingGated", Assert.Single(Kind.Created(pod).Status!.Conditions).Reason);
    }

    private static Pod Pod(string field, string value)
    {
        var parts = new Dictionary<string, string>
        {
            ["containers"] = """[{"name":"c","image":"x"}]""",
            ["volumes"] = """[{"name":"v","emptyDir":{}}]""",
            [field] = value,
        };
        return Pipeline.Read<Pod>($"{{\"spec\":{{{string.Join(',', parts.Select(part => $"\"{part.Key}\":{part.Value}"))}}}}}");
    }
}
