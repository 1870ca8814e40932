package svasim.paging;

/** Is told the tables that were taken out of a tree; they are its to free, now or later. */
@FunctionalInterface
public interface TableVisitor {
    void table(long address, int bytes);
}
