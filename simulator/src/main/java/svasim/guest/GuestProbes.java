package svasim.guest;

import svasim.check.Probes;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.PageRequestBacklog;
import svasim.memory.Frames;
import svasim.os.iommu.AuxiliaryDomain;
import svasim.os.sva.Sva;
import svasim.pcie.config.ConfigurationSpace;

/**
 * Lets a checker look at a guest as if it were a machine: its tables are those in its memory, read
 * by the unit that it sees; what caches hold of it are entries of the machine's caches.
 *
 * @param machine looks at the hardware that the guest runs on
 */
public record GuestProbes(Probes machine, Guest guest) implements Probes {
    @Override
    public Frames frames() {
        return guest.frames();
    }

    @Override
    public int functions() {
        return guest.functions().size();
    }

    @Override
    public int requesterId(int function) {
        return guest.functions().get(function).requesterId();
    }

    /** Without an IOMMU the guest has no tables that anything could be held against. */
    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        if (guest.unit() == null) {
            return;
        }
        GuestTerms terms = guest.terms();
        machine.visitTranslations(
                (requesterId, pasid, iova, pageShift, output, permissions) -> {
                    GuestFunction function = terms.function(requesterId, pasid);
                    long gpa = terms.gpa(output);
                    if (function != null && gpa != GuestTerms.FOREIGN) {
                        visitor.entry(
                                function.requesterId(),
                                terms.pasid(function, pasid),
                                iova,
                                pageShift,
                                gpa,
                                permissions);
                    }
                });
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        return guest.unit().explain(requesterId, pasid, iova, access);
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        Iommu unit = guest.unit();
        return unit == null || find(requesterId) == null
                ? NO_ROOT
                : unit.rootOf(requesterId, pasid);
    }

    @Override
    public ConfigurationSpace configuration(int requesterId) {
        GuestFunction function = find(requesterId);
        return function == null ? new ConfigurationSpace() : function.configuration();
    }

    /** Null for an ID that is pretended: nobody has it. */
    private GuestFunction find(int requesterId) {
        return guest.functions().stream()
                .filter(function -> function.requesterId() == requesterId)
                .findFirst()
                .orElse(null);
    }

    @Override
    public PageRequestBacklog pageRequests() {
        Iommu unit = guest.unit();
        return unit == null ? PageRequestBacklog.NONE : unit.pageRequestBacklog();
    }

    @Override
    public long pasidSpace(int requesterId) {
        return sva().space(guest.os().device(requesterId));
    }

    @Override
    public long rootOfMm(int mm) {
        AuxiliaryDomain domain = sva().domain(mm);
        return domain == null ? guest.os().spaces().get(mm).root() : domain.root();
    }

    private Sva sva() {
        return guest.os().sva();
    }
}
