package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;

/** Makes address spaces and keeps a list of all that ever were. */
public final class AddressSpaces {
    private final Memory memory;
    private final List<Mm> all = new ArrayList<>();

    public AddressSpaces(MmConfig config, Platform platform) {
        this.memory = new Memory(config, platform);
    }

    /** What the address spaces share. */
    public Memory memory() {
        return memory;
    }

    /** A new, empty address space; the caller takes the first mm_users. */
    public Mm create(String name) {
        Mm mm = new Mm(all.size() + 1, name, memory);
        all.add(mm);
        return mm;
    }

    /** The address space with this number. */
    public Mm get(int id) {
        return all.get(id - 1);
    }

    /**
     * Has no address space reach the memory of a device file any more; an access there ends in a
     * signal.
     *
     * @param file which {@linkplain Backing#isGone is gone}, so that no page of it comes back
     */
    public Call<?> zap(Backing file) {
        return ZapFile.call(all, file);
    }

    public List<Mm> all() {
        return List.copyOf(all);
    }
}
