package io.gradus.grade;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A grid of two dimension scores with a named cell, a grade and a strategy for each combination.
 *
 * @param rows the first axis, usually value
 * @param columns the second axis, usually potential
 * @param cells exactly one for each pair of levels
 */
public record MatrixModel(Axis rows, Axis columns, List<Cell> cells) implements Serializable {

  /**
   * One axis.
   *
   * @param dimension the dimension whose score (0–100) is cut
   * @param levels ranges that cover 0..100 exactly once; kept best first
   */
  public record Axis(String dimension, List<Range> levels) implements Serializable {
    public Axis {
      DimensionName.of(dimension == null ? "" : dimension);
      levels = Range.cover(levels, 0, 100);
    }

    int level(double score) {
      for (int i = 0; i < levels.size() - 1; i++) {
        if (score >= levels.get(i).from()) {
          return i;
        }
      }
      return levels.size() - 1;
    }

    private int indexOf(String axis, String name) {
      for (int i = 0; i < levels.size(); i++) {
        if (levels.get(i).name().equals(name)) {
          return i;
        }
      }
      throw new IllegalArgumentException(
          "cells: the "
              + axis
              + " have no level '"
              + name
              + "'; known levels: "
              + levels.stream().map(Range::name).toList());
    }
  }

  /**
   * One cell.
   *
   * @param row the level of the first axis
   * @param column the level of the second axis
   * @param grade the code of the grade its customers get
   * @param name what the cell is called
   * @param strategy what to do with its customers
   */
  public record Cell(String row, String column, String grade, Label name, Label strategy)
      implements Serializable {
    public Cell {
      if (row == null || column == null || grade == null || name == null) {
        throw new IllegalArgumentException("a cell needs row, column, grade and name");
      }
      strategy = strategy == null ? StrategyCatalog.of(grade) : strategy;
    }
  }

  public MatrixModel {
    if (rows == null || columns == null || cells == null) {
      throw new IllegalArgumentException("needs rows, columns and cells");
    }
    if (rows.dimension().equals(columns.dimension())) {
      throw new IllegalArgumentException(
          "rows and columns are both '" + rows.dimension() + "'; take two dimensions");
    }
    cells = ordered(rows, columns, cells);
  }

  /** The cell of two level numbers, 0 = best. */
  Cell cell(int row, int column) {
    return cells.get(row * columns.levels().size() + column);
  }

  private static List<Cell> ordered(Axis rows, Axis columns, List<Cell> cells) {
    Map<Integer, Cell> byPlace = new HashMap<>();
    int width = columns.levels().size();
    for (Cell cell : cells) {
      int place =
          rows.indexOf("rows", cell.row()) * width + columns.indexOf("columns", cell.column());
      Cell twin = byPlace.put(place, cell);
      if (twin != null) {
        throw new IllegalArgumentException(
            "cells: row "
                + cell.row()
                + ", column "
                + cell.column()
                + " is claimed by '"
                + twin.name().en()
                + "' and '"
                + cell.name().en()
                + "', keep one");
      }
    }
    for (int place = 0; place < rows.levels().size() * width; place++) {
      if (!byPlace.containsKey(place)) {
        throw new IllegalArgumentException(
            "cells: nothing for row "
                + rows.levels().get(place / width).name()
                + ", column "
                + columns.levels().get(place % width).name()
                + "; add a cell");
      }
    }
    return byPlace.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
