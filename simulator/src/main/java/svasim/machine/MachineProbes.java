package svasim.machine;

import java.util.ArrayList;
import java.util.List;
import svasim.check.Probes;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.PageRequestBacklog;
import svasim.memory.Frames;
import svasim.os.Os;
import svasim.os.iommu.AuxiliaryDomain;
import svasim.os.mm.AddressSpace;
import svasim.paging.Access;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.TranslationEntry;

/** Lets the checker look at a machine. */
record MachineProbes(Hardware hardware, List<Device> devices, Os os) implements Probes {
    @Override
    public Frames frames() {
        return hardware.frames();
    }

    @Override
    public int functions() {
        return devices.size();
    }

    @Override
    public int requesterId(int function) {
        return devices.get(function).function().requesterId();
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        hardware.units().forEach(unit -> unit.visitTranslations(visitor));
        for (Device device : devices) {
            int requesterId = device.function().requesterId();
            device.function()
                    .visitAtc(
                            (pasid, range, entry) ->
                                    visitor.entry(
                                            requesterId,
                                            pasid,
                                            TranslationEntry.base(range),
                                            TranslationEntry.shift(entry),
                                            TranslationEntry.base(entry),
                                            permissions(entry)));
        }
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        return device(requesterId).unit().explain(requesterId, pasid, iova, access);
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        Device device = find(requesterId);
        Iommu unit = device == null ? null : device.unit();
        if (unit == null) {
            return NO_ROOT;
        }
        int sent = os.device(requesterId).requestPasid(pasid);
        return unit.rootOf(requesterId, sent);
    }

    @Override
    public ConfigurationSpace configuration(int requesterId) {
        Device device = find(requesterId);
        return device == null ? new ConfigurationSpace() : device.function().configuration();
    }

    @Override
    public ConfigurationSpace sharedConfiguration(int requesterId) {
        Device device = find(requesterId);
        return device == null ? new ConfigurationSpace() : device.sharedConfiguration();
    }

    private Device device(int requesterId) {
        Device device = find(requesterId);
        if (device == null) {
            throw new IllegalArgumentException("no function " + Integer.toHexString(requesterId));
        }
        return device;
    }

    /** Null for an ID that is pretended: nobody has it. */
    private Device find(int requesterId) {
        for (Device device : devices) {
            if (device.function().requesterId() == requesterId) {
                return device;
            }
        }
        return null;
    }

    @Override
    public PageRequestBacklog pageRequests() {
        List<PageRequestBacklog> all = new ArrayList<>();
        hardware.units().forEach(unit -> all.add(unit.pageRequestBacklog()));
        return PageRequestBacklog.sum(all);
    }

    @Override
    public long pasidSpace(int requesterId) {
        return os.sva().space(os.device(requesterId));
    }

    @Override
    public long rootOfMm(int mm) {
        AuxiliaryDomain domain = os.sva().domain(mm);
        AddressSpace space = domain == null ? os.sva().guestSpace(mm) : domain;
        return space == null ? os.spaces().get(mm).root() : space.root();
    }

    private static int permissions(long entry) {
        int read = (entry & TranslationEntry.READ) != 0 ? Access.READ : 0;
        int write = (entry & TranslationEntry.WRITE) != 0 ? Access.WRITE : 0;
        return read | write;
    }
}
