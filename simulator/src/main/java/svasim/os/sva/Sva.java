package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.AuxiliaryDomain;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;
import svasim.os.task.Task;
import svasim.trace.Kind;

/** Binding of devices to address spaces, as device drivers use it. */
public final class Sva {
    private final String name;
    private final PasidConfig numbers;
    private final Platform platform;
    private final PasidLives lives;
    private final SvaPolicy policy;
    private final AuxiliaryDomains domains;
    private final GuestSets guests;

    /**
     * @param numbers how the system gives numbers; complete
     */
    public Sva(Policies.Policy policy, PasidConfig numbers, Platform platform) {
        this.name = policy.name();
        this.numbers = numbers;
        this.platform = platform;
        this.lives = new PasidLives(numbers, platform);
        this.policy = policy.make(platform, lives);
        this.domains = new AuxiliaryDomains(lives);
        this.guests = new GuestSets(numbers, lives, platform);
    }

    /**
     * The chain of conditions that a bind needs: of the unit, the way, the device, the policy;
     * after the drivers were probed.
     *
     * @param subset what the device is going to be used with
     */
    public List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset) {
        List<BindCondition> chain = new ArrayList<>(Refusals.conditions(device, subset));
        if (device.iommu() != null && subset.usesPasid()) {
            int limit = Math.min(device.iommu().pasidLimit(device), numbers.limit());
            chain.add(
                    new BindCondition(
                            "os.policy " + name,
                            "PASIDs for processes",
                            limit > 1 ? "1 to " + (limit - 1) : "none",
                            limit > 1,
                            "no PASID is free below " + limit));
        }
        return chain;
    }

    /** Binds; the request knows the outcome when the call is over. */
    public Call<?> bind(BindRequest request) {
        return policy.bind(request);
    }

    /**
     * Unbinds. The driver has stopped the device for the PASID before: nothing with it is sent any
     * more, and every page request of it has left the device.
     */
    public Call<?> unbind(Bond bond) {
        tell(Kind.UNBINDING, bond);
        return policy.unbind(bond);
    }

    /** Gives a driver a domain of its own behind a PASID; the request knows the outcome. */
    public Call<?> attach(DomainAttachment wanted) {
        return Attaching.call(wanted, domains, numbers.limit());
    }

    /**
     * Takes the domain away. The driver has stopped the device for the PASID before, and has
     * unmapped what it had mapped.
     */
    public Call<?> detach(DomainAttachment attachment) {
        return Detaching.call(attachment);
    }

    /** Page tables of the driver's domain with a number in the trace, or null. */
    public AuxiliaryDomain domain(int id) {
        return domains.find(id);
    }

    /** Whether PASID and PRI of a device stay off until its driver is there. */
    public boolean preparesDevices() {
        return policy.preparesDevices();
    }

    /**
     * The probe of a device's driver, with what comes before it.
     *
     * @param subset what the driver is going to use; nothing is prepared for the DMA API
     */
    public Call<?> probe(PciDevice device, FeatureSubset subset, Call<?> probe) {
        boolean prepared = subset.usesPasid() || subset.takesPageFaults();
        return policy.preparesDevices() && prepared && device.iommu() != null
                ? Call.sequence(List.of(policy.deviceInit(device), probe))
                : probe;
    }

    /** The remove of a device's driver, with what comes after it. */
    public Call<?> driverGone(PciDevice device, Call<?> remove) {
        Call<?> gone = policy.driverGone(device);
        return gone.equals(Call.nothing()) || device.iommu() == null
                ? remove
                : Call.sequence(List.of(remove, gone));
    }

    /** What a device's driver does around a reset, with what the policy does then. */
    public ErrorHandlers errorHandlers(PciDevice device, ErrorHandlers ofDriver) {
        return new PolicyAtReset(policy, device, ofDriver);
    }

    /** A thread begins to exit. Run by it before it lets its address space and its files go. */
    public Call<?> threadExits(Task thread) {
        return policy.threadExits(thread);
    }

    /** The device goes away, after its driver has unbound what it knows of. */
    public Call<?> removeDevice(PciDevice device) {
        Call<?> left = domains.detachAll(device);
        Call<?> unbind = policy.removeDevice(device);
        return left.equals(Call.nothing()) ? unbind : Call.sequence(List.of(left, unbind));
    }

    /** The driver tells that the device is idle for the bond's PASID. */
    public void deviceStopped(Bond bond) {
        tell(Kind.DEVICE_STOPPED, bond);
    }

    /** The same for the PASID of a domain of the driver's own. */
    public void deviceStopped(DomainAttachment attachment) {
        attachment.life().tell(Kind.DEVICE_STOPPED, attachment.entry());
    }

    private void tell(Kind kind, Bond bond) {
        int requesterId = bond.device().requesterId();
        int pasid = bond.entries().get(0).requestPasid();
        platform.trace().tell(kind, lives.lane(), pasid, requesterId, bond.mm().id());
    }

    /**
     * A set of numbers for a virtual machine, whose owner gives them up before it ends.
     *
     * @param quota numbers that it may own at once; null for as many as there are
     */
    public PasidSet newSet(String vm, Integer quota, PasidSet.Numbering numbering) {
        return guests.newSet(vm, quota, numbering);
    }

    /** The entries of host units for the numbers of a virtual machine's set. */
    public GuestBonds bonds(PasidSet set) {
        return guests.bonds(set);
    }

    /** What a number of a guest stands for, by its number in the trace; null for no such one. */
    public AddressSpace guestSpace(int id) {
        return guests.space(id);
    }

    /**
     * Name of who owns a number, by its own number in the trace, if that is no address space of
     * this system; else null.
     */
    public String ownerName(int id) {
        AddressSpace space = guestSpace(id);
        return space == null ? lives.ownerName(id) : space.name();
    }

    /** Number in the trace of the space that gives a device its numbers. */
    public int space(PciDevice device) {
        return lives.id(device);
    }

    /** Numbers that are allocated now, over all spaces. */
    public int pasidsInUse() {
        return lives.inUse();
    }
}
