package svasim.iommu.virtio;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Domains, and which endpoint is attached to which. */
final class Domains {
    private static final int ENDPOINTS = 1 << Short.SIZE;

    private final Map<Integer, Domain> domains = new TreeMap<>();
    private final Domain[] ofEndpoint = new Domain[ENDPOINTS];

    /** The domain with this ID, or null. */
    Domain get(int id) {
        return domains.get(id);
    }

    /** The domain that an endpoint is attached to, or null. */
    Domain of(int endpoint) {
        return ofEndpoint[endpoint];
    }

    /** Attaches an endpoint that is not attached; makes the domain if there is none. */
    void attach(int endpoint, int id, boolean bypass) {
        Domain domain = domains.computeIfAbsent(id, unknown -> new Domain(unknown, bypass));
        domain.enter();
        ofEndpoint[endpoint] = domain;
    }

    /** Detaches an endpoint that is attached; a domain without endpoints is no more. */
    void detach(int endpoint) {
        Domain domain = ofEndpoint[endpoint];
        ofEndpoint[endpoint] = null;
        if (domain.leave()) {
            domains.remove(domain.id());
        }
    }

    /** Detaches everything. */
    void clear() {
        domains.clear();
        Arrays.fill(ofEndpoint, null);
    }
}
