package svasim.os.iommu;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The devices behind one unit.
 *
 * @param <S> what the driver keeps for each
 */
public final class AttachedDevices<S> {
    private final Map<PciDevice, S> states = new LinkedHashMap<>();

    public void add(PciDevice device, S state) {
        states.put(device, state);
    }

    public void remove(PciDevice device) {
        states.remove(device);
    }

    /** What the driver keeps for a device, or null. */
    public S state(PciDevice device) {
        return states.get(device);
    }

    /** What it keeps for each, in the order in which they came. */
    public List<S> states() {
        return List.copyOf(states.values());
    }

    public int count() {
        return states.size();
    }

    /** Whether any of the devices is so. */
    public boolean any(Predicate<PciDevice> condition) {
        return states.keySet().stream().anyMatch(condition);
    }

    /** The device with a requester ID, or null. */
    public PciDevice find(int requesterId) {
        return find(device -> device.requesterId() == requesterId);
    }

    /** The first device that is so, or null. */
    public PciDevice find(Predicate<PciDevice> condition) {
        return states.keySet().stream().filter(condition).findFirst().orElse(null);
    }
}
