package svasim.run;

import java.util.List;
import svasim.os.Os;
import svasim.os.process.Process;

/**
 * The processes of one operating system, by the names that they have outside of it.
 *
 * @param prefix in front of the names: empty, or the guest's name and a dot
 */
record OsPrograms(Os os, String prefix) {
    /** Name of the process that has this address space, or null. */
    String process(long mm) {
        return os.processes().stream()
                .filter(process -> process.mm().id() == mm)
                .map(process -> prefix + process.name())
                .findFirst()
                .orElseGet(() -> os.sva().ownerName((int) mm));
    }

    /** Name of the buffer, with that of its process, that an address lies in; null if in none. */
    String buffer(long mm, long va) {
        for (Process process : os.processes()) {
            String buffer = process.mm().id() == mm ? process.bufferAt(va) : null;
            if (buffer != null) {
                return prefix + process.name() + "." + buffer;
            }
        }
        return null;
    }

    /** Steps of programs that did not succeed, one line each. */
    List<String> failures() {
        return os.processes().stream()
                .flatMap(
                        process ->
                                process.failures().stream()
                                        .map(failure -> prefix + process.name() + "." + failure))
                .toList();
    }

    /** Whether something has this system's names. */
    boolean owns(String name) {
        return name.startsWith(prefix);
    }

    /** Contents of a buffer as its process left them; null if there is no such buffer. */
    byte[] contents(String buffer) {
        String own = buffer.substring(prefix.length());
        int dot = own.indexOf('.');
        Process process = dot < 0 ? null : os.process(own.substring(0, dot));
        try {
            return process == null ? null : process.contents(own.substring(dot + 1));
        } catch (IllegalArgumentException e) { // no such buffer, or not mapped at the end
            return null;
        }
    }

    /** The bytes that a buffer has at the end of its process are wanted. */
    void keepAtExit(String buffer) {
        String own = buffer.substring(prefix.length());
        int dot = own.indexOf('.');
        if (dot > 0) {
            os.keepAtExit(own.substring(0, dot), own.substring(dot + 1));
        }
    }
}
