package svasim.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;

/**
 * How a guest calls what the machine's hardware knows by other numbers: its functions, its PASIDs
 * and its memory. What is not the guest's has no name there.
 */
public final class GuestTerms {
    /** The guest has no such thing. */
    public static final int FOREIGN = -2;

    private final GuestMemory memory;
    private final Frames hostFrames;
    private final List<GuestFunction> functions = new ArrayList<>();
    private final Map<GuestFunction, Numbers> numbers = new HashMap<>();

    /** Frames of the guest by those of the host, as they were when one was looked for in vain. */
    private final Map<Long, Long> frames = new HashMap<>();

    /** What PASIDs of a function's requests are called in the guest. */
    @FunctionalInterface
    public interface Numbers {
        /** The function is the guest's alone, and carries its numbers. */
        Numbers SAME = pasid -> pasid;

        /**
         * @param pasid of the machine; {@code PasidPrefix.NONE} without
         * @return {@link #FOREIGN} if it is not the guest's
         */
        int guest(int pasid);
    }

    GuestTerms(GuestMemory memory, Frames hostFrames) {
        this.memory = memory;
        this.hostFrames = hostFrames;
    }

    /** A function of the guest, or a part of one. */
    void add(GuestFunction function, Numbers pasids) {
        functions.add(function);
        numbers.put(function, pasids);
    }

    /** In the order of adding. */
    public List<GuestFunction> functions() {
        return functions;
    }

    /** The guest's function whose requests these are; null for those of somebody else. */
    public GuestFunction function(int hostRequester, int hostPasid) {
        for (GuestFunction function : functions) {
            if (function.physical().requesterId() == hostRequester
                    && numbers.get(function).guest(hostPasid) != FOREIGN) {
                return function;
            }
        }
        return null;
    }

    /** A function by the name of the part of the machine that does its work; null for others'. */
    public GuestFunction function(String part, int hostPasid) {
        for (GuestFunction function : functions) {
            String name = function.physical().name();
            boolean its = part.equals(name) || part.startsWith(name + ".");
            if (its && numbers.get(function).guest(hostPasid) != FOREIGN) {
                return function;
            }
        }
        return null;
    }

    /** What a PASID of a function of the guest is called there. */
    public int pasid(GuestFunction function, int hostPasid) {
        return numbers.get(function).guest(hostPasid);
    }

    /** The guest's address of a byte of the machine's memory; {@link #FOREIGN} if not its own. */
    public long gpa(long hpa) {
        long frame = hpa & -PhysicalMemory.FRAME_BYTES;
        boolean its =
                hostFrames.use(frame) == FrameUse.GUEST
                        && hostFrames.owner(frame) == memory.owner();
        if (!its) {
            return FOREIGN;
        }
        if (!isKnown(frame)) {
            lookAgain();
        }
        return isKnown(frame) ? frames.get(frame) | hpa - frame : FOREIGN;
    }

    private boolean isKnown(long frame) {
        Long gpa = frames.get(frame);
        return gpa != null && memory.isThere(gpa) && memory.hpa(gpa) == frame;
    }

    private void lookAgain() {
        frames.clear();
        memory.runs(
                (gpa, hpa, bytes) -> {
                    for (long at = 0; at < bytes; at += PhysicalMemory.FRAME_BYTES) {
                        frames.put(hpa + at, gpa + at);
                    }
                });
    }
}
