package svasim.os.file;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import svasim.os.reference.Node;
import svasim.os.reference.References;

/**
 * What drivers keep of their devices: it lives as long as the device, and longer if files are open
 * when that goes. Nothing here decides anything; the trace is told who looks at what when.
 */
final class DriverData {
    private final References references;
    private final Map<FileOperations, Node> nodes = new IdentityHashMap<>();

    /** Whose device is gone, and whose files are not. */
    private final Set<FileOperations> outliving =
            Collections.newSetFromMap(new IdentityHashMap<>());

    DriverData(References references) {
        this.references = references;
    }

    /** Somebody looks at it. */
    void use(FileOperations driver) {
        references.used(node(driver));
    }

    /**
     * The device is gone.
     *
     * @param open whether a file keeps the data
     */
    void gone(FileOperations driver, boolean open) {
        if (open) {
            outliving.add(driver);
        } else {
            references.freed(node(driver));
        }
    }

    /**
     * A file is gone.
     *
     * @param open whether another one is left
     */
    void released(FileOperations driver, boolean open) {
        if (!open && outliving.remove(driver)) {
            references.freed(node(driver));
        }
    }

    private Node node(FileOperations driver) {
        return nodes.computeIfAbsent(driver, d -> references.node("driver data of " + d.name()));
    }
}
