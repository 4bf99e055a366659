using Microsoft.AspNetCore.Http;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.ApiServer.Http;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class RequestInfoParserTests
{
    private static readonly KindInfo[] Kinds = [Service.Info, Endpoints.Info, Pod.Info, Node.Info, Namespace.Info, EndpointSlice.Info];
    private static readonly RequestInfoParser Parser = new(
        (group, version, plural) => Kinds.FirstOrDefault(kind => (kind.Group, kind.Version, kind.Plural) == (group, version, plural)));

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/n/services", "list ''/v1 services ns=n")]
    [InlineData("GET", "/api/v1/namespaces/n/services?watch=true", "watch ''/v1 services ns=n")]
    [InlineData("GET", "/api/v1/namespaces/n/services?watch", "watch ''/v1 services ns=n")]
    [InlineData("GET", "/api/v1/namespaces/n/services?watch=false", "list ''/v1 services ns=n")]
    [InlineData("GET", "/api/v1/namespaces/n/services?watch=true&fieldSelector=metadata.name%3Dweb", "watch ''/v1 services ns=n name=web")]
    [InlineData("GET", "/api/v1/namespaces/n/services/web", "get ''/v1 services ns=n name=web")]
    [InlineData("GET", "/api/v1/services", "list ''/v1 services")]
    [InlineData("POST", "/api/v1/namespaces/n/services", "create ''/v1 services ns=n")]
    [InlineData("PUT", "/api/v1/namespaces/n/services/web/status", "update ''/v1 services/status ns=n name=web")]
    [InlineData("PATCH", "/api/v1/namespaces/n/services/web", "patch ''/v1 services ns=n name=web")]
    [InlineData("DELETE", "/api/v1/namespaces/n/services/web", "delete ''/v1 services ns=n name=web")]
    [InlineData("DELETE", "/api/v1/namespaces/n/services", "deletecollection ''/v1 services ns=n")]
    [InlineData("GET", "/api/v1/nodes/n1", "get ''/v1 nodes name=n1")]
    [InlineData("GET", "/api/v1/namespaces", "list ''/v1 namespaces")]
    [InlineData("GET", "/api/v1/namespaces/n", "get ''/v1 namespaces ns=n name=n")]
    [InlineData("PUT", "/api/v1/namespaces/n/finalize", "update ''/v1 namespaces/finalize ns=n name=n")]
    [InlineData("GET", "/apis/discovery.k8s.io/v1/namespaces/n/endpointslices/s", "get 'discovery.k8s.io'/v1 endpointslices ns=n name=s")]
    [InlineData("GET", "/api/v1/services/n/web", "get ''/v1 services ns=n name=web")]
    [InlineData("GET", "/api/v1/services/n/web/endpoints", "get ''/v1 endpoints ns=n name=web")]
    [InlineData("GET", "/api/v1/services/n/web/status", "get ''/v1 services/status ns=n name=web")]
    [InlineData("GET", "/api/v1/namespaces/n/pods/p/proxy/a/b", "get ''/v1 pods/proxy ns=n name=p")]
    [InlineData("GET", "/api/v1/namespaces/n/services/a%20b", "get ''/v1 services ns=n name=a b")]
    [InlineData("GET", "/version", "get /version")]
    [InlineData("GET", "/api/v1", "get /api/v1")]
    [InlineData("GET", "/apis/discovery.k8s.io/v1", "get /apis/discovery.k8s.io/v1")]
    [InlineData("POST", "/", "post /")]
    public void Reads_what_a_request_is_about(string method, string url, string wanted)
    {
        var uri = new Uri(new Uri("http://x"), url);
        var query = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query));
        Assert.Equal(wanted, Describe(Parser.Parse(method, uri.AbsolutePath, query)));
    }

    [Fact]
    public void Keeps_what_follows_a_proxy()
    {
        var request = Parser.Parse("GET", "/api/v1/namespaces/n/pods/p/proxy/a/b", QueryCollection.Empty);
        Assert.Equal("a/b", request.SubresourcePath);
        Assert.True(request.IsLongRunning);
    }

    private static string Describe(RequestInfo request)
    {
        if (!request.IsResource) return $"{request.Verb} {request.Path}";
        var text = $"{request.Verb} '{request.Group}'/{request.Version} {request.Resource}";
        if (request.Subresource.Length > 0) text += $"/{request.Subresource}";
        if (request.Namespace.Length > 0) text += $" ns={request.Namespace}";
        return request.Name.Length > 0 ? $"{text} name={request.Name}" : text;
    }
}
