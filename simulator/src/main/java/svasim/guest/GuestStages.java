package svasim.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.SecondStage;
import svasim.os.procedure.Call;

/**
 * The memory of a guest in the second-stage tables of the machine's IOMMUs: one for each unit above
 * its devices, made with the first device and taken away with the guest.
 */
public final class GuestStages {
    private static final int PAGE = PhysicalMemory.FRAME_BYTES;

    private final GuestMemory memory;
    private final Map<IommuDriver, SecondStage> stages = new LinkedHashMap<>();

    GuestStages(GuestMemory memory) {
        this.memory = memory;
    }

    /** The second stage of a unit; null if the guest has no device there yet. */
    public SecondStage of(IommuDriver unit) {
        return stages.get(unit);
    }

    /** Maps the guest's memory for a unit, if it is not mapped there yet. */
    Call<?> prepare(IommuDriver unit) {
        if (stages.containsKey(unit)) {
            return Call.nothing();
        }
        SecondStage stage = unit.newSecondStage(memory.owner());
        stages.put(unit, stage);
        List<Call<?>> maps = new ArrayList<>();
        memory.runs((gpa, hpa, bytes) -> maps.add(stage.map(gpa, hpa, bytes)));
        return Call.sequence(maps);
    }

    /** Takes a page away from the devices. */
    Call<?> unmap(long gpa) {
        List<Call<?>> calls = new ArrayList<>();
        stages.values().forEach(stage -> calls.add(stage.unmap(gpa, PAGE)));
        return Call.sequence(calls);
    }

    /** Gives the devices a page where it is now. */
    Call<?> map(long gpa) {
        List<Call<?>> calls = new ArrayList<>();
        if (memory.isThere(gpa)) {
            stages.values().forEach(stage -> calls.add(stage.map(gpa, memory.hpa(gpa), PAGE)));
        }
        return Call.sequence(calls);
    }

    /** Takes the tables away; no device uses them any more. */
    Call<?> free() {
        List<Call<?>> calls = new ArrayList<>();
        long bytes = memory.view().end();
        for (SecondStage stage : stages.values()) {
            calls.add(stage.unmap(0, bytes));
            calls.add(stage.free());
        }
        stages.clear();
        return Call.sequence(calls);
    }
}
