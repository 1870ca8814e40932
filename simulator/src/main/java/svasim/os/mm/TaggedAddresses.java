package svasim.os.mm;

import svasim.cpu.Architecture;
import svasim.os.defect.Defect;

/**
 * Whether the cores ignore tags in addresses of an address space. An IOMMU does not, so that on x86
 * Linux lets a process have tags or devices that share its addresses, unless it promises to strip
 * tags from what it gives them (ARCH_FORCE_TAGGED_SVA). On Arm programs may always have tags, and
 * no bind asks: the context descriptors of processes have TBI0 clear.
 */
public final class TaggedAddresses {
    private final Mm mm;
    private AddressTags scheme = AddressTags.NONE;
    private boolean stripped;

    TaggedAddresses(Mm mm) {
        this.mm = mm;
    }

    /**
     * The program wants tags from now on (arch_prctl, prctl).
     *
     * @param strips whether it strips them from what it gives to devices
     * @return why it does not get them, or null
     */
    public String enable(AddressTags wanted, boolean strips) {
        if (!wanted.isOf(architecture())) {
            return "the cores have no " + wanted + " (-ENODEV)";
        }
        if (!isAllowedBeside(strips) && mm.pasid() != Mm.NO_PASID) {
            return "a device uses addresses of the process as they are (-EINVAL)";
        }
        scheme = wanted;
        stripped = strips;
        return null;
    }

    /** Why no device can share the addresses, or null (arch_pgtable_dma_compat). */
    public String obstacle() {
        return scheme == AddressTags.NONE || isAllowedBeside(stripped)
                ? null
                : "addresses of " + mm + " have tags, which an IOMMU does not ignore (-EBUSY)";
    }

    private boolean isAllowedBeside(boolean strips) {
        boolean asks = architecture() == Architecture.X86_64;
        return !asks || strips || mm.platform().defects().has(Defect.S46);
    }

    private Architecture architecture() {
        return mm.platform().cores().config().architecture();
    }

    /** A forked address space has the same. */
    void copy(TaggedAddresses from) {
        scheme = from.scheme;
        stripped = from.stripped;
    }

    /** An address as the program keeps it. */
    public long pointer(long va, long tag) {
        return scheme.tagged(va, tag);
    }

    /** The same as the program hands it to a device. */
    public long pointerForDevice(long va, long tag) {
        return stripped ? va : pointer(va, tag);
    }

    /** What a core translates for an address of the program. */
    long untagged(long va) {
        return scheme.untagged(va);
    }
}
