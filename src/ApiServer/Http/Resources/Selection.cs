using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>The objects that a list, watch or deletion of a collection is about.</summary>
internal static class Selection
{
    /// <summary>The filter for a request.</summary>
    /// <exception cref="ApiException">400: the kind has no such field to select by.</exception>
    public static ObjectFilter Of(IResourceRegistry registry, RequestInfo request, ListParameters parameters)
    {
        foreach (var term in parameters.Fields.Requirements)
        {
            if (term.Field is "metadata.name" or "metadata.namespace" || registry.Traits.SelectableFields.Contains(term.Field)) continue;
            throw ApiErrors.BadRequest($"Unable to find \"{registry.Info.GroupVersion}, Resource={registry.Info.Plural}\" that match label selector \"{parameters.Labels}\", field selector \"{parameters.Fields}\": field label not supported: {term.Field}");
        }

        var (labels, fields) = (parameters.Labels, parameters.Fields);
        if (parameters.SelectsAll) return new ObjectFilter(request.Namespace);
        if (labels.IsEverything && fields.Requirements is [{ Field: "metadata.name", IsEqual: true, Value: var name }])
            return new ObjectFilter(request.Namespace, value => value.Name.SequenceEqual(name));
        return new ObjectFilter(
            request.Namespace,
            value => labels.Matches(value.Labels) && (fields.IsEverything || fields.Matches(field => value.Fields.GetValueOrDefault(field, ""))));
    }
}
