package svasim.os.file;

import svasim.os.procedure.Call;

/** What a device driver does for a file; each method returns the procedure that does it. */
public interface FileOperations {
    /** Node below {@code /dev} and prefix of the driver's steps, for example {@code "dsa0"}. */
    String name();

    /** Runs in open(2); may {@link OpenFile#refuse}. */
    Call<?> open(OpenFile file);

    /** Runs in mmap(2) of the file; fills in the mapping or refuses it. */
    Call<?> mmap(OpenFile file, DeviceMapping mapping);

    /** Prepares work for the device, for the program step {@code submit}. */
    Submission submit(OpenFile file, Work work);

    /**
     * Whether work goes to the device by stores to a mapping of the file, so that a program which
     * has the mapping needs no descriptor any more.
     */
    default boolean takesWorkThroughMapping() {
        return false;
    }

    /** Runs at each close of a descriptor. */
    default Call<?> flush(OpenFile file) {
        return Call.nothing();
    }

    /** Takes the device down when its driver is unloaded; no file is open then. */
    default Call<?> remove() {
        return Call.nothing();
    }

    /** Runs once, when nothing holds the file any more. */
    Call<?> release(OpenFile file);
}
