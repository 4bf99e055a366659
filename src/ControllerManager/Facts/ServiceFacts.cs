using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>What a Service asks for, in one word each.</summary>
internal static class ServiceFacts
{
    extension(Service service)
    {
        /// <summary>The selector; empty where endpoints are made by hand.</summary>
        public IReadOnlyDictionary<string, string> Selector => service.Spec?.Selector ?? new Dictionary<string, string>();

        /// <summary>A name only, without address and endpoints.</summary>
        public bool IsExternalName => service.Spec?.Type == "ExternalName";

        /// <summary>The Service asked for no address of its own.</summary>
        public bool IsHeadless => service.Spec?.ClusterIP == WellKnown.HeadlessAddress;

        /// <summary>The Service has an address of its own.</summary>
        public bool HasClusterIP => service.Spec?.ClusterIP is { Length: > 0 } ip && ip != WellKnown.HeadlessAddress;

        /// <summary>The Service will get an address and has none yet.</summary>
        public bool AwaitsClusterIP => !service.IsExternalName && string.IsNullOrEmpty(service.Spec?.ClusterIP);

        /// <summary>The Service publishes its pods before they are ready.</summary>
        public bool PublishesNotReady => service.Spec?.PublishNotReadyAddresses == true;

        /// <summary>
        /// The Service asks for hints by the zones' share of CPU. The older annotation counts where both are there (hintsEnabled of
        /// Kubernetes v1.32), though the API refuses two that differ.
        /// </summary>
        public bool WantsZoneHints =>
            (service.Metadata.Annotations.GetValueOrDefault(WellKnown.TopologyHintsAnnotation)
                ?? service.Metadata.Annotations.GetValueOrDefault(WellKnown.TopologyModeAnnotation)) is "Auto" or "auto";

        /// <summary>Whether endpoints of the Service are made from pods.</summary>
        public bool SelectsPods => service.Selector.Count > 0 && !service.IsExternalName;

        /// <summary>Whether the selector matches the labels.</summary>
        public bool Selects(IReadOnlyDictionary<string, string> labels)
        {
            foreach (var (key, value) in service.Selector)
            {
                if (!labels.TryGetValue(key, out var actual) || actual != value) return false;
            }

            return true;
        }
    }
}
