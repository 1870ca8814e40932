package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the standard error goes. */
final class Terminal {
    private Terminal() {}

    /** Standard error, as Linux shows it; elsewhere it counts as a file. */
    static boolean isError() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
