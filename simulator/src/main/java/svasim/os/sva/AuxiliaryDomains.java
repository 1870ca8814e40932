package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import svasim.os.iommu.AuxiliaryDomain;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/** The domains that drivers have attached to PASIDs of their own. */
final class AuxiliaryDomains {
    /** Numbers of domains in the trace are behind those of processes. */
    private static final int FIRST = 1 << 20;

    private final PasidLives lives;

    /** All that ever were, since the trace speaks of them. */
    private final TreeMap<Integer, DomainAttachment> attachments = new TreeMap<>();

    private int next = FIRST;

    AuxiliaryDomains(PasidLives lives) {
        this.lives = lives;
    }

    /** Whether a number has to be asked for first. */
    boolean isDry(PciDevice device) {
        return lives.space(device).isDry();
    }

    /** Asks for a number. */
    Call<?> ask(PciDevice device) {
        return lives.space(device).ask();
    }

    /**
     * Makes a domain with a number for it.
     *
     * @return false if no number is free below the limit
     */
    boolean make(DomainAttachment wanted, int limit) {
        PciDevice device = wanted.device();
        AuxiliaryDomain domain = device.iommu().newDomain(next);
        PasidLife life = lives.allocate(limit, device, domain);
        if (life == null) {
            return false;
        }
        wanted.made(domain, life);
        attachments.put(next++, wanted);
        return true;
    }

    /** The domain with a number in the trace, or null. */
    AuxiliaryDomain find(int id) {
        DomainAttachment attachment = attachments.get(id);
        return attachment == null ? null : attachment.domain();
    }

    /** Detaches what the driver of a device has left behind. */
    Call<?> detachAll(PciDevice device) {
        List<Call<?>> calls = new ArrayList<>();
        for (DomainAttachment attachment : attachments.values()) {
            if (attachment.device() == device && attachment.isAttached()) {
                calls.add(Detaching.call(attachment));
            }
        }
        return Call.sequence(calls);
    }
}
