package svasim.pcie.fabric;

import svasim.pcie.link.LinkConfig;

/**
 * Where a device is attached to the root complex; absent keys take these defaults.
 *
 * @param integrated whether the device is part of the root complex: then there is no port on the
 *     way, prefixes always pass, and the link is an internal one
 * @param prefixes End-End TLP Prefix Supported: without it, the port treats every packet with a
 *     PASID as malformed
 * @param prefixBlocking End-End TLP Prefix Blocking: no packet with a PASID goes down here
 * @param ari ARI Forwarding Enable: functions behind the port may have numbers above 7
 * @param acs whether access control services (source validation, redirect of requests and
 *     completions, upstream forwarding) are on: without them devices behind the port may reach each
 *     other past the IOMMU, so that they share an IOMMU group and get no PASID
 * @param accessControl single services, over what {@code acs} says
 * @param link the link, or what stands for it inside the root complex
 * @source integrated, prefixes, prefixBlocking, ari, acs: chosen: a port that lets everything work
 * @source accessControl: what acs says
 * @source link: that of an integrated endpoint, or of PCI Express
 */
public record RootPortConfig(
        Boolean integrated,
        Boolean prefixes,
        Boolean prefixBlocking,
        Boolean ari,
        Boolean acs,
        AccessControlConfig accessControl,
        LinkConfig link) {
    public RootPortConfig {
        integrated = integrated != null && integrated;
        prefixes = prefixes == null || prefixes;
        prefixBlocking = prefixBlocking != null && prefixBlocking;
        ari = ari == null || ari;
        acs = acs == null || acs;
        accessControl = accessControl == null ? new AccessControlConfig() : accessControl;
        if (link == null) {
            link = integrated ? LinkConfig.internal() : new LinkConfig();
        }
    }

    /** With access control services. */
    public RootPortConfig(Boolean integrated, Boolean prefixes, LinkConfig link) {
        this(integrated, prefixes, null, null, null, null, link);
    }

    /** All defaults: a port with prefix support and a link of generation 4 with eight lanes. */
    public RootPortConfig() {
        this(null, null, null);
    }

    /** Control register of the port's access control services. */
    int accessControlRegister() {
        return accessControl.register(acs);
    }
}
