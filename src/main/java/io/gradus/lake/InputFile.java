package io.gradus.lake;

import org.apache.spark.sql.types.StructType;

/**
 * One Parquet file of a source as it was when the run was planned.
 *
 * @param path the full path with scheme, as the file system spells it, not URL-encoded
 * @param name the base name
 * @param sizeBytes its length
 * @param modifiedMillis its modification time, milliseconds since the epoch, UTC
 * @param rows the row count its footer states
 * @param schema the columns its footer states
 * @param contentHash SHA-256 of all its bytes, hexadecimal
 */
public record InputFile(
    String path,
    String name,
    long sizeBytes,
    long modifiedMillis,
    long rows,
    StructType schema,
    String contentHash) {}
