package dev.nightjar.store;

/**
 * What a database is to hold.
 *
 * @param folder of the numbered migrations, in the class path, beside this class: {@code
 *     migrations/}
 * @param applicationId tells an SQLite file of this schema from any other
 * @param what the database is called in messages: {@code store}
 * @param lasting whether a transaction that is over survives a power cut; else only a crash
 */
record Schema(String folder, int applicationId, String what, boolean lasting) {

  /** {@code NjSt} in ASCII. */
  static final Schema STORE = new Schema("migrations/", 0x4e6a5374, "store", true);
}
