package svasim.os.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.reference.References;

/**
 * The descriptors of tasks that share them (files_struct): device files by the name of the device,
 * and memory of other processes that is held open.
 */
final class FileTable {
    private final Node node;
    private final References references;
    private final Map<String, OpenFile> files = new LinkedHashMap<>();
    private final Set<String> closedOnExec = new LinkedHashSet<>();
    private final Deque<Mm> held = new ArrayDeque<>(0);
    private int users;

    FileTable(Node node, References references) {
        this.node = node;
        this.references = references;
    }

    /** The same files in a table of another process (dup_fd). */
    FileTable copy(Node newNode) {
        FileTable copy = new FileTable(newNode, references);
        files.forEach(copy::add);
        copy.closedOnExec.addAll(closedOnExec);
        return copy;
    }

    /** A thread uses the table. */
    void addUser() {
        users++;
    }

    boolean isShared() {
        return users > 1;
    }

    /**
     * @return true if that was the last thread
     */
    boolean removeUser() {
        return --users == 0;
    }

    OpenFile get(String device) {
        return files.get(device);
    }

    /** The descriptor holds the file. */
    void add(String device, OpenFile file) {
        files.put(device, file);
        file.get(node.name());
        references.hold(node, file.node());
    }

    void closeOnExec(String device) {
        closedOnExec.add(device);
    }

    /** Takes the descriptor away; the file's reference goes with {@link #put}. */
    OpenFile remove(String device) {
        closedOnExec.remove(device);
        return files.remove(device);
    }

    /** fput of a descriptor that was taken away. */
    void put(OpenFile file) {
        references.release(node, file.node());
        file.put(node.name());
    }

    /** A device that is open, or null if none is. */
    String any() {
        return files.isEmpty() ? null : files.keySet().iterator().next();
    }

    /** A device that an exec closes, or null if none is left. */
    String anyClosedOnExec() {
        return closedOnExec.isEmpty() ? null : closedOnExec.iterator().next();
    }

    /** Uses the contents of an address space; false if they are going already. */
    boolean hold(Mm mm) {
        boolean there = mm.getUsersUnlessZero(node);
        if (there) {
            held.add(mm);
        }
        return there;
    }

    /** Lets go of an address space that is held; null if it is not. */
    Call<?> letGo(Mm mm) {
        return held.remove(mm) ? mm.putUsers(node) : null;
    }

    /** Address spaces that are held. */
    List<Mm> held() {
        return List.copyOf(held);
    }
}
