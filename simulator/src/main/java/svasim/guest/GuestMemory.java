package svasim.guest;

import java.util.Arrays;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;

/**
 * The memory of a guest: frames of the host, and the view of them at the guest's addresses. It has
 * no frame before {@link #pin} and after {@link #unpin}; what is stored then is lost.
 */
public final class GuestMemory {
    private static final long NONE = -1;

    private final PhysicalMemory host;
    private final Frames hostFrames;
    private final int owner;
    private final PhysicalMemory view;

    /** Host addresses of the frames, by the frame's number in the guest. */
    private final long[] frames;

    /** Takes stores to frames that are not there. */
    private final byte[] nowhere = new byte[PhysicalMemory.FRAME_BYTES];

    /**
     * @param owner number of the guest
     * @param bytes size of the guest's memory, whole frames
     */
    GuestMemory(PhysicalMemory host, Frames hostFrames, int owner, long bytes) {
        this.host = host;
        this.hostFrames = hostFrames;
        this.owner = owner;
        this.frames = new long[Math.toIntExact(bytes >>> PhysicalMemory.FRAME_SHIFT)];
        Arrays.fill(frames, NONE);
        this.view = new PhysicalMemory(0, bytes, this::bytesOf);
    }

    private byte[] bytesOf(long frame) {
        boolean there = frame < frames.length && frames[(int) frame] != NONE;
        return there ? host.share(frames[(int) frame]) : nowhere;
    }

    /** What the guest's software and hardware see. */
    public PhysicalMemory view() {
        return view;
    }

    /** Number of the guest, by which the host's frames name their owner. */
    public int owner() {
        return owner;
    }

    /** Frames that the guest has when it is complete. */
    public int frames() {
        return frames.length;
    }

    /** Whether an address of the guest has memory behind it now. */
    public boolean isThere(long gpa) {
        long frame = gpa >>> PhysicalMemory.FRAME_SHIFT;
        return frame >= 0 && frame < frames.length && frames[(int) frame] != NONE;
    }

    /**
     * Host address of an address of the guest.
     *
     * @throws IllegalArgumentException if nothing is there
     */
    public long hpa(long gpa) {
        if (!isThere(gpa)) {
            throw new IllegalArgumentException("no memory at 0x" + Long.toHexString(gpa));
        }
        long offset = gpa & PhysicalMemory.FRAME_BYTES - 1;
        return frames[(int) (gpa >>> PhysicalMemory.FRAME_SHIFT)] + offset;
    }

    /** Whether the host has frames enough. */
    boolean fits() {
        return hostFrames.available() >= frames.length;
    }

    /**
     * Takes frames of the host for {@code count} frames of the guest, from {@code first} on; in one
     * piece if there is one, for large pages.
     */
    void pin(int first, int count) {
        int number = Math.min(count, frames.length - first);
        boolean whole = hostFrames.haveContiguous(number);
        long start = whole ? hostFrames.allocateContiguous(FrameUse.GUEST, owner, number) : 0;
        for (int i = 0; i < number; i++) {
            frames[first + i] =
                    whole ? start + address(i) : hostFrames.allocate(FrameUse.GUEST, owner);
            view.forget(address(first + i));
        }
    }

    private static long address(int frame) {
        return (long) frame << PhysicalMemory.FRAME_SHIFT;
    }

    /** Takes a piece of memory that lies in one piece at the host, too. */
    @FunctionalInterface
    interface RunVisitor {
        void run(long gpa, long hpa, long bytes);
    }

    /** Shows the memory that is there, in pieces as long as they can be. */
    void runs(RunVisitor visitor) {
        for (int first = 0; first < frames.length; ) {
            int next = first + 1;
            while (next < frames.length
                    && frames[next] == frames[next - 1] + PhysicalMemory.FRAME_BYTES) {
                next++;
            }
            if (frames[first] != NONE) {
                visitor.run(address(first), frames[first], address(next - first));
            }
            first = next;
        }
    }

    /** Gives frames back, as far as they are there. */
    void unpin(int first, int count) {
        for (int frame = first; frame < Math.min(first + count, frames.length); frame++) {
            if (frames[frame] != NONE) {
                hostFrames.free(frames[frame]);
                frames[frame] = NONE;
                view.forget(address(frame));
            }
        }
    }

    /** Another frame of the host is behind a frame of the guest from now on, with its contents. */
    void move(long gpa) {
        int frame = (int) (gpa >>> PhysicalMemory.FRAME_SHIFT);
        long before = frames[frame];
        frames[frame] = hostFrames.allocate(FrameUse.GUEST, owner);
        byte[] contents = host.read(before, PhysicalMemory.FRAME_BYTES);
        host.write(frames[frame], contents, 0, contents.length);
        hostFrames.free(before);
        view.forget(gpa);
    }
}
