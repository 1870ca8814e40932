package svasim.os.iommu;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * What an administrator chooses of the IOMMU drivers; absent keys take these defaults.
 *
 * @param domain default domain of every IOMMU group: how requests without PASID are treated
 * @param devices default domain of the group of a device, by its name
 * @param untrusted devices that get no ATS and no page requests, whatever they are able to: neither
 *     is switched on at the device, and the unit refuses translated and translation requests
 * @param iovaCaches whether each core keeps freed device addresses, to hand them out again first
 * @param addressSpan device addresses are taken at random from so many bytes below 4 GiB, as in a
 *     system that has run for long, and from elsewhere only if there is no room there; 0 if they
 *     are taken from the top downwards, as in a system that has just started
 * @param hypothetical whether drivers offer what those of Linux lack, labelled so in the results:
 *     page requests (PRI) with an SMMUv3, address spaces of processes with an SMMUv2
 * @param faultQueue whether page faults of all PASIDs share their workers
 * @param leafHint whether VT-d is told that an unmap through the DMA API changes leaves only, so
 *     that it keeps its pointers to tables, as Linux does when it frees no table
 * @param looksPerCheck looks at the end of an invalidation after which the driver of VT-d reads a
 *     register for errors; Linux reads it after each look, and such a read is most of the time
 *     between two looks, while the default of 1024 leaves it out of short waits
 * @param pageRequests sizes of queues and limits of page requests
 */
public record IommuOptions(
        DomainType domain,
        Map<String, DomainType> devices,
        List<String> untrusted,
        Boolean iovaCaches,
        ByteSize addressSpan,
        Boolean hypothetical,
        FaultQueue faultQueue,
        Boolean leafHint,
        Integer looksPerCheck,
        PageRequestOptions pageRequests) {
    private static final int SELDOM = 1024;

    private static final long MOST_SPAN = 1L << 32;

    public IommuOptions {
        domain = domain == null ? DomainType.DMA : domain;
        devices = devices == null ? new TreeMap<>() : new TreeMap<>(devices);
        untrusted = untrusted == null ? List.of() : List.copyOf(untrusted);
        iovaCaches = iovaCaches == null || iovaCaches;
        addressSpan = addressSpan == null ? new ByteSize(0) : addressSpan;
        faultQueue = faultQueue == null ? FaultQueue.SHARED : faultQueue;
        leafHint = leafHint == null || leafHint;
        looksPerCheck = looksPerCheck == null ? SELDOM : looksPerCheck;
        hypothetical = hypothetical == null || hypothetical;
        pageRequests = pageRequests == null ? new PageRequestOptions() : pageRequests;
        Require.positive("looksPerCheck", looksPerCheck);
        Require.that(
                addressSpan.bytes() >= 0 && addressSpan.bytes() <= MOST_SPAN,
                "addressSpan",
                addressSpan,
                "4 GiB at most");
    }

    public static IommuOptions defaults() {
        return of(null);
    }

    /** All defaults but for the default domain. */
    public static IommuOptions of(DomainType domain) {
        return new IommuOptions(domain, null, null, null, null, null, null, null, null, null);
    }

    /** The default domain of a device's group, if the device is its first. */
    DomainType domainOf(String device) {
        return devices.getOrDefault(device, domain);
    }
}
