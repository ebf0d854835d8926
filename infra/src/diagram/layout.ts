import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Drawing, type Point, type Role, type Shape, textWidth, wrap } from './drawing';

/** A box of a graph. */
export interface GraphNode {
  readonly id: string;
  readonly role: Role;
  /** Its type, in small letters above its name. */
  readonly caption: string;
  readonly name: string;
  /** Lines below the name. */
  readonly lines?: readonly string[];
  /** Column from the left; by default, the layout decides. */
  readonly column?: number;
}

/** An arrow of a graph. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly role: Role;
  readonly dashed: boolean;
  readonly label: string;
}

const CAPTION_SIZE = 10.5;
const NAME_SIZE = 13;
const LINE_SIZE = 10;
const LABEL_SIZE = 10;
const PADDING = 7;
const LINE_HEIGHT = 1.25;

/** Direction of a picture: `RIGHT` for a landscape page, `DOWN` for a narrow page of any length. */
export type Direction = 'RIGHT' | 'DOWN';

/** Maximum widths of boxes and of labels: in a landscape picture, a wide box makes everything smaller. */
const WIDEST: Readonly<Record<Direction, { readonly box: number; readonly label: number }>> = {
  RIGHT: { box: 116, label: 60 },
  DOWN: { box: 160, label: 90 },
};

interface Lines {
  readonly caption: readonly string[];
  readonly name: readonly string[];
  readonly lines: readonly string[];
}

function textOf(node: GraphNode, widest: number): Lines {
  return {
    caption: wrap(node.caption, widest, CAPTION_SIZE),
    name: wrap(node.name, widest, NAME_SIZE, true),
    lines: (node.lines ?? []).flatMap((line) => wrap(line, widest, LINE_SIZE)),
  };
}

function sizeOf(node: GraphNode, widest: number): { width: number; height: number } {
  const { caption, name, lines } = textOf(node, widest);
  const width = Math.max(
    ...caption.map((text) => textWidth(text, CAPTION_SIZE)),
    ...name.map((text) => textWidth(text, NAME_SIZE, true)),
    ...lines.map((text) => textWidth(text, LINE_SIZE)),
  );
  const height = LINE_HEIGHT * (caption.length * CAPTION_SIZE + name.length * NAME_SIZE + lines.length * LINE_SIZE);
  return { width: Math.ceil(width) + 2 * PADDING, height: Math.ceil(height) + 2 * PADDING };
}

function nodeShapes(node: GraphNode, x: number, y: number, widest: number): Shape[] {
  const { width, height } = sizeOf(node, widest);
  const { caption, name, lines } = textOf(node, widest);
  const shapes: Shape[] = [{ kind: 'box', role: node.role, x, y, width, height }];
  let at = y + PADDING;
  const write = (texts: readonly string[], size: number, bold: boolean) => {
    for (const text of texts) {
      at += size * LINE_HEIGHT;
      shapes.push({
        kind: 'text',
        role: node.role,
        x: x + width / 2,
        y: at - size * 0.3,
        size,
        bold,
        anchor: 'middle',
        text,
      });
    }
  };
  write(caption, CAPTION_SIZE, false);
  write(name, NAME_SIZE, true);
  write(lines, LINE_SIZE, false);
  return shapes;
}

function elkLabel(text: string, widest: number) {
  const lines = wrap(text, widest, LABEL_SIZE);
  return {
    text: lines.join('\n'),
    width: Math.max(...lines.map((line) => textWidth(line, LABEL_SIZE))) + 6,
    height: lines.length * LABEL_SIZE * LINE_HEIGHT + 2,
  };
}

function edgeShapes(edge: ElkExtendedEdge, { role, dashed }: GraphEdge): Shape[] {
  const [section] = edge.sections ?? [];
  if (section === undefined) return [];
  const points: Point[] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({
    x,
    y,
  }));
  const labels = (edge.labels ?? []).flatMap(({ text = '', x = 0, y = 0, width = 0 }): Shape[] =>
    text.split('\n').map((line, i) => ({
      kind: 'text',
      role,
      x: x + width / 2,
      y: y + (i + 0.8) * LABEL_SIZE * LINE_HEIGHT,
      size: LABEL_SIZE,
      bold: false,
      anchor: 'middle',
      text: line,
    })),
  );
  return [{ kind: 'line', role, points, dashed }, ...labels];
}

/**
 * Lays a graph out.
 * @param nodes its boxes
 * @param edges its arrows; arrows from or to a missing box are left out
 * @param title of the picture
 * @param description text alternative
 * @param options direction, and distance between boxes in points
 * @returns the picture, without margins
 */
export async function layOut(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  title: string,
  description: string,
  { direction = 'RIGHT', spacing = 26 }: { readonly direction?: Direction; readonly spacing?: number } = {},
): Promise<Drawing> {
  const widest = WIDEST[direction];
  const ids = new Set(nodes.map(({ id }) => id));
  const drawn = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.partitioning.activate': 'true',
      'elk.separateConnectedComponents': 'false',
      'elk.spacing.nodeNode': String(spacing),
      'elk.spacing.edgeNode': '12',
      'elk.spacing.edgeEdge': '9',
      'elk.layered.spacing.nodeNodeBetweenLayers': '26',
      'elk.layered.spacing.edgeNodeBetweenLayers': '10',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.thoroughness': '20',
      'elk.randomSeed': '1',
    },
    children: nodes.map((node) => ({
      id: node.id,
      ...sizeOf(node, widest.box),
      ...(node.column === undefined ? {} : { layoutOptions: { 'elk.partitioning.partition': String(node.column) } }),
    })),
    edges: drawn.map(({ from, to, label }, i) => ({
      id: `edge-${i}`,
      sources: [from],
      targets: [to],
      ...(label === '' ? {} : { labels: [elkLabel(label, widest.label)] }),
    })),
  };
  const placed = await new ELK().layout(graph);
  const boxes = (placed.children ?? []).flatMap(({ id, x = 0, y = 0 }) => {
    const node = nodes.find((one) => one.id === id);
    return node === undefined ? [] : nodeShapes(node, x, y, widest.box);
  });
  const lines = (placed.edges ?? []).flatMap((edge) => {
    const one = drawn[Number(edge.id.slice('edge-'.length))];
    return one === undefined ? [] : edgeShapes(edge, one);
  });
  return { title, description, width: placed.width ?? 0, height: placed.height ?? 0, shapes: [...lines, ...boxes] };
}
