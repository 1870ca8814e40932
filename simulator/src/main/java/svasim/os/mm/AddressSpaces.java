package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.os.task.Platform;

/** Makes address spaces and keeps a list of all that ever were. */
public final class AddressSpaces {
    private final Platform platform;
    private final List<Mm> all = new ArrayList<>();

    public AddressSpaces(Platform platform) {
        this.platform = platform;
    }

    /** A new, empty address space; the caller takes the first mm_users. */
    public Mm create(String name) {
        Mm mm = new Mm(all.size() + 1, name, platform);
        all.add(mm);
        return mm;
    }

    /** The address space with this number. */
    public Mm get(int id) {
        return all.get(id - 1);
    }

    public List<Mm> all() {
        return List.copyOf(all);
    }
}
