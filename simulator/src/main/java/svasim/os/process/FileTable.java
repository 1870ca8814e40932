package svasim.os.process;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.os.file.OpenFile;
import svasim.os.reference.Node;
import svasim.os.reference.References;

/** The descriptors of a process, by the name of the device; shared by its threads. */
final class FileTable {
    private final Node node;
    private final References references;
    private final Map<String, OpenFile> files = new LinkedHashMap<>();
    private int users;

    FileTable(Node node, References references) {
        this.node = node;
        this.references = references;
    }

    /** A thread uses the table. */
    void addUser() {
        users++;
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

    /** Takes the descriptor away; the file's reference goes with {@link #put}. */
    OpenFile remove(String device) {
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
}
