package svasim.pcie.endpoint;

import java.util.Arrays;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Cuts accesses into reads and writes, and puts the answers to reads together. */
final class Packets {
    private final Wiring wiring;
    private final boolean relaxes;
    private final int requesterId;
    private final ExpressCapability express;
    private final Uplink uplink;
    private final Tags tags;
    private final Deadlines deadlines;

    Packets(Wiring wiring, Tags tags, Deadlines deadlines) {
        this.wiring = wiring;
        this.relaxes = wiring.config().dma().relaxedOrdering();
        this.requesterId = wiring.requesterId();
        this.express = wiring.capabilities().express();
        this.uplink = wiring.uplink();
        this.tags = tags;
        this.deadlines = deadlines;
    }

    /**
     * Sends as much of the access as there are tags and room for.
     *
     * @return false if there is more to send
     */
    boolean send(Access access, long nowPs) {
        while (!access.allIssued && access.status == DmaStatus.OK) {
            boolean sent = access.write ? write(access, nowPs) : read(access, nowPs);
            if (!sent) {
                return false;
            }
        }
        access.allIssued = true;
        return true;
    }

    /**
     * Takes a completion of a read; wrong data is counted and not used.
     *
     * @return whether it was the last one for its tag
     */
    boolean completion(Access access, Tlp.Completion completion) {
        int tag = completion.tag();
        byte[] data = completion.data();
        int size = tags.size(tag);
        if (size > 0 && !completion.attributes().poisoned()) {
            int at = tags.offset(tag) + size - completion.byteCount();
            int from = access.request.offset() + at;
            System.arraycopy(data, 0, access.request.buffer(), from, data.length);
        }
        return tags.brought(tag, data.length);
    }

    private boolean read(Access access, long nowPs) {
        int tag = tags.free(express.tags());
        if (tag == Tags.NONE) {
            return false;
        }
        int offset = access.issued;
        int size = Math.min(express.maxReadRequest(), access.request.bytes() - offset);
        Tlp packet =
                new Tlp.MemoryRead(
                        requesterId,
                        tag,
                        access.addressOf(offset),
                        size,
                        addressType(access),
                        prefix(access),
                        attributes(access));
        // The tag is taken first: the link may call back when it has taken the packet.
        tags.take(tag, access, offset, size);
        if (!uplink.offer(packet, nowPs)) {
            tags.release(tag);
            return false;
        }
        deadlines.begin(tag, nowPs);
        access.unanswered++;
        issued(access, size);
        return true;
    }

    private boolean write(Access access, long nowPs) {
        int offset = access.issued;
        int size = Math.min(express.maxPayload(), access.data.length - offset);
        byte[] data =
                size == access.data.length
                        ? access.data
                        : Arrays.copyOfRange(access.data, offset, offset + size);
        Tlp packet =
                new Tlp.MemoryWrite(
                        requesterId,
                        access.addressOf(offset),
                        data,
                        addressType(access),
                        prefix(access),
                        attributes(access));
        if (!uplink.offer(packet, nowPs)) {
            return false;
        }
        issued(access, size);
        return true;
    }

    private static void issued(Access access, int size) {
        access.issued += size;
        access.allIssued = access.issued == access.request.bytes();
    }

    private static AddressType addressType(Access access) {
        return access.translated() ? AddressType.TRANSLATED : AddressType.UNTRANSLATED;
    }

    private static PasidPrefix prefix(Access access) {
        return access.translated() ? null : access.prefix;
    }

    private Attributes attributes(Access access) {
        boolean noSnoop = access.translated() && (access.entry & TranslationEntry.NON_SNOOPED) != 0;
        boolean relaxed = relaxes && express.relaxedOrdering();
        Attributes plain = wiring.trafficClass(access.request.stream());
        return noSnoop || relaxed
                ? new Attributes(plain.trafficClass(), false, relaxed, noSnoop)
                : plain;
    }
}
