using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Tests.World;

/// <summary>Objects that tests put into a server.</summary>
internal static class Sample
{
    public const string Service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          labels: {app: web}
        spec:
          type: NodePort
          clusterIP: 10.96.0.100
          selector: {app: web}
          ports:
          - {name: http, port: 80, targetPort: 8080, nodePort: 30080}
        """;

    public const string Pods = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web-1
          labels: {app: web, tier: front}
        spec:
          nodeName: worker
          containers:
          - name: web
            image: web:1
            args: [serve, --port=8080]
            ports: [{containerPort: 8080}]
            env: [{name: COLOUR, value: blue}]
            resources: {requests: {cpu: 250m, memory: 64Mi}, limits: {memory: 128Mi}}
            readinessProbe: {httpGet: {path: /ready, port: 8080}}
            volumeMounts: [{name: data, mountPath: /data}]
          volumes:
          - name: data
            emptyDir: {}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: a-longer-name
          labels: {app: other}
        spec:
          containers:
          - {name: main, image: other:2}
        """;

    public const string Endpoints = """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: web}
        subsets:
        - addresses: [{ip: 10.244.1.5}, {ip: 10.244.1.6}]
          notReadyAddresses: [{ip: 10.244.1.7}]
          ports: [{name: http, port: 8080}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: web-abc
          labels: {kubernetes.io/service-name: web}
        addressType: IPv4
        endpoints:
        - {addresses: [10.244.1.5], conditions: {ready: true}}
        - {addresses: [10.244.1.6], conditions: {ready: true}}
        - {addresses: [10.244.1.7], conditions: {ready: false}}
        ports: [{name: http, port: 8080}]
        """;

    public const string Node = """
        apiVersion: v1
        kind: Node
        metadata:
          name: worker
          labels: {kubernetes.io/hostname: worker, node-role.kubernetes.io/worker: ""}
        spec:
          podCIDR: 10.244.1.0/24
          podCIDRs: [10.244.1.0/24]
          taints: [{key: dedicated, value: demo, effect: NoSchedule}]
        """;

    /// <summary>A pod that runs since 2025-01-02 03:04:05 UTC.</summary>
    public static JsonObject RunningStatus => (JsonObject)JsonNode.Parse("""
        {"status": {"phase": "Running", "hostIP": "192.0.2.7", "podIP": "10.244.1.5", "podIPs": [{"ip": "10.244.1.5"}], "startTime": "2025-01-02T03:04:05Z", "qosClass": "Burstable",
          "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2025-01-02T03:04:05Z"}],
          "containerStatuses": [{"name": "web", "image": "web:1", "imageID": "sha256:1", "containerID": "docker://c1", "ready": true, "started": true, "restartCount": 1,
            "state": {"running": {"startedAt": "2025-01-02T03:04:05Z"}},
            "lastState": {"terminated": {"exitCode": 137, "reason": "Error", "startedAt": "2025-01-02T03:00:00Z", "finishedAt": "2025-01-02T03:04:00Z", "containerID": "docker://c0"}}}]}}
        """)!;

    /// <summary>A node that is ready since 2025-01-02 03:04:05 UTC.</summary>
    public static JsonObject ReadyStatus => (JsonObject)JsonNode.Parse("""
        {"status": {"capacity": {"cpu": "4", "memory": "8Gi", "pods": "110", "ephemeral-storage": "100Gi", "hugepages-2Mi": "0"},
          "allocatable": {"cpu": "4", "memory": "8Gi", "pods": "110", "ephemeral-storage": "100Gi", "hugepages-2Mi": "0"},
          "addresses": [{"type": "InternalIP", "address": "192.0.2.7"}, {"type": "Hostname", "address": "worker"}],
          "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "kubelet is ready",
            "lastHeartbeatTime": "2025-01-02T03:04:05Z", "lastTransitionTime": "2025-01-02T03:04:05Z"}],
          "nodeInfo": {"machineID": "m", "systemUUID": "u", "bootID": "b", "kernelVersion": "6.1", "osImage": "Debian", "containerRuntimeVersion": "docker://20.10",
            "kubeletVersion": "v1.32.0", "kubeProxyVersion": "", "operatingSystem": "linux", "architecture": "amd64"}}}
        """)!;

    /// <summary>A server with all of them.</summary>
    public static async Task<TestServer> ServerAsync()
    {
        var server = await TestServer.StartAsync();
        try
        {
            foreach (var manifest in new[] { Node, Service, Pods, Endpoints }) await server.CreateAsync(manifest);
            await server.PatchAsync("/api/v1/namespaces/default/pods/web-1/status", RunningStatus);
            await server.PatchAsync("/api/v1/nodes/worker/status", ReadyStatus);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
