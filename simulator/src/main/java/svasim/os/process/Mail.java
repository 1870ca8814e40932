package svasim.os.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import svasim.os.file.OpenFile;
import svasim.os.procedure.WaitQueue;
import svasim.os.reference.Node;
import svasim.os.reference.References;

/** Open files on their way between processes (SCM_RIGHTS); the socket's queue holds them. */
final class Mail {
    private static final String HOLDER = "socket";

    private final References references;
    private final Node socket;
    private final Map<String, Deque<Parcel>> boxes = new TreeMap<>();
    private final WaitQueue arrivals = new WaitQueue("file from another process");

    private record Parcel(String device, OpenFile file) {}

    Mail(References references) {
        this.references = references;
        this.socket = references.node(HOLDER);
    }

    void send(String to, String device, OpenFile file) {
        file.get(HOLDER);
        references.hold(socket, file.node());
        boxes.computeIfAbsent(to, box -> new ArrayDeque<>()).add(new Parcel(device, file));
        arrivals.wakeAll();
    }

    WaitQueue arrivals() {
        return arrivals;
    }

    /** The file that was sent under this name, or null; the socket still holds it. */
    OpenFile find(String to, String device) {
        for (Parcel parcel : boxes.getOrDefault(to, new ArrayDeque<>())) {
            if (parcel.device().equals(device)) {
                return parcel.file();
            }
        }
        return null;
    }

    /** The file has come into somebody's table. */
    void received(String to, OpenFile file) {
        boxes.get(to).removeIf(parcel -> parcel.file() == file);
        drop(file);
    }

    /** Nobody is going to receive what was sent to a process. */
    void discard(String to) {
        Deque<Parcel> box = boxes.remove(to);
        if (box != null) {
            box.forEach(parcel -> drop(parcel.file()));
        }
    }

    private void drop(OpenFile file) {
        references.release(socket, file.node());
        file.put(HOLDER);
    }
}
