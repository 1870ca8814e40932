package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PasidSource;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** The PASIDs of all address spaces, and what the trace is told of their lives. */
final class PasidLives {
    private static final int SYSTEM = 0;
    private static final int FIRST_DEVICE = 1 << 16;

    /** Requests without PASID, of each device. */
    private static final int FIRST_FUNCTION = 2 << 16;

    /** In the trace, behind processes and domains of drivers. */
    private static final int FIRST_OWNER = 2 << 20;

    private final Platform platform;
    private final PasidConfig config;
    private final int lane;

    /** Names of owners that are no address spaces, in the order of their numbers. */
    private final List<String> owners = new ArrayList<>();

    private final TreeMap<Integer, PasidSpace> spaces = new TreeMap<>();

    PasidLives(PasidConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
        this.lane = platform.trace().lane("pasids");
    }

    int lane() {
        return lane;
    }

    /** The space that gives a device its numbers; comes into being when asked for. */
    PasidSpace space(PciDevice device) {
        PasidSpace space = spaces.computeIfAbsent(id(device), this::newSpace);
        PasidSource source = device.iommu().pasidSource();
        if (source != null) {
            space.source(source);
        }
        return space;
    }

    /** A number of a space is not used any more. */
    void freed(PasidSpace space, int pasid) {
        space.free(pasid);
        Call<?> back = pasid == PasidEntry.NO_PASID ? Call.nothing() : space.giveBack(pasid);
        if (back != Call.nothing()) {
            platform.events().add(back);
        }
    }

    /** In the trace: 0 for the system, then the units, behind them the devices. */
    int id(PciDevice device) {
        return switch (config.space()) {
            case SYSTEM -> SYSTEM;
            case IOMMU -> 1 + device.iommu().number();
            case DEVICE -> FIRST_DEVICE + device.requesterId();
        };
    }

    /** First number that is too wide for the system. */
    int limit() {
        return config.limit();
    }

    /** An owner that is no address space yet. */
    PasidOwner newOwner(String name) {
        owners.add(name);
        return new PasidOwner(FIRST_OWNER + owners.size() - 1, name);
    }

    /** Its name; null if there is none with this number. */
    String ownerName(int id) {
        int index = id - FIRST_OWNER;
        return index >= 0 && index < owners.size() ? owners.get(index) : null;
    }

    /** Numbers that a set may own at once. */
    int quota() {
        return config.quotaOfSet();
    }

    int inUse() {
        return spaces.values().stream().mapToInt(PasidSpace::inUse).sum();
    }

    /** Takes a number below the limit for an address space on a device; null if none is free. */
    PasidLife allocate(int limit, PciDevice device, AddressSpace owner) {
        return allocate(limit, space(device), PasidOwner.of(owner));
    }

    /** Takes a number below the limit that is the system's; null if none is free. */
    PasidLife allocate(int limit, PasidOwner owner) {
        return allocate(limit, spaces.computeIfAbsent(SYSTEM, this::newSpace), owner);
    }

    private PasidLife allocate(int limit, PasidSpace space, PasidOwner owner) {
        int pasid = space.allocate(limit);
        if (pasid == PasidSpace.NONE) {
            return null;
        }
        trace().tell(Kind.PASID_ALLOCATED, lane, pasid, owner.id(), space.id());
        return new PasidLife(this, space, pasid, owner);
    }

    /** Gives the requests without PASID of a device to an address space; null if another has it. */
    PasidLife allocateFunction(PciDevice device, AddressSpace owner) {
        int id = FIRST_FUNCTION + device.requesterId();
        PasidSpace own = spaces.computeIfAbsent(id, this::newSpace);
        if (!own.takeUntagged()) {
            return null;
        }
        trace().tell(Kind.PASID_ALLOCATED, lane, PasidPrefix.NONE, owner.id(), id);
        return new PasidLife(this, own, PasidEntry.NO_PASID, PasidOwner.of(owner));
    }

    private PasidSpace newSpace(int id) {
        return new PasidSpace(id, config, platform.kernel(), platform.defects());
    }

    Trace trace() {
        return platform.trace();
    }

    void tell(Kind kind, PasidEntry entry) {
        trace().tell(
                        kind,
                        lane,
                        entry.requestPasid(),
                        entry.device().requesterId(),
                        entry.space().id(),
                        entry.device().name());
    }
}
