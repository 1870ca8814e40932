package svasim.pcie.fabric;

import svasim.pcie.link.LinkConfig;

/**
 * Where a device is attached to the root complex; absent keys take these defaults.
 *
 * @param integrated whether the device is part of the root complex: then there is no port on the
 *     way, prefixes always pass, and the link is an internal one
 * @param prefixes End-End TLP Prefix Supported: without it, the port treats every packet with a
 *     PASID as malformed
 * @param link the link, or what stands for it inside the root complex
 */
public record RootPortConfig(Boolean integrated, Boolean prefixes, LinkConfig link) {
    public RootPortConfig {
        integrated = integrated != null && integrated;
        prefixes = prefixes == null || prefixes;
        if (link == null) {
            link = integrated ? LinkConfig.internal() : new LinkConfig();
        }
    }

    /** All defaults: a port with prefix support and a link of generation 4 with eight lanes. */
    public RootPortConfig() {
        this(null, null, null);
    }
}
