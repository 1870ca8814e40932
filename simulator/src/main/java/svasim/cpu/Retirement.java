package svasim.cpu;

/** The end of an instruction that keeps its core for a time that is not known beforehand. */
public interface Retirement {
    boolean isDone();

    /** Has this run when the instruction ends; it has not ended yet. One at a time. */
    void whenDone(Runnable then);
}
