import { FONTS, type Line, type Shape } from './drawing';
import { LIGHT } from './palette';
import { arrowHead } from './svg';

/**
 * @param document to draw into, at its current origin and scale
 * @param shape what to draw
 */
export function drawShape(document: PDFKit.PDFDocument, shape: Shape): void {
  const colours = LIGHT[shape.role];
  if (shape.kind === 'line') {
    drawArrow(document, shape);
  } else if (shape.kind === 'box') {
    document.roundedRect(shape.x, shape.y, shape.width, shape.height, 6).lineWidth(1.2);
    document.fillAndStroke(colours.fill, colours.stroke);
  } else {
    document
      .font(shape.bold ? FONTS.bold : FONTS.normal)
      .fontSize(shape.size)
      .fillColor(colours.text);
    const x = shape.anchor === 'middle' ? shape.x - document.widthOfString(shape.text) / 2 : shape.x;
    document.text(shape.text, x, shape.y, { lineBreak: false, baseline: 'alphabetic' });
  }
}

function drawArrow(document: PDFKit.PDFDocument, { role, points, dashed }: Line): void {
  const { stroke } = LIGHT[role];
  const [first, ...rest] = points;
  if (first === undefined) return;
  document.save();
  document.lineWidth(1.4).strokeColor(stroke).moveTo(first.x, first.y);
  for (const { x, y } of rest) document.lineTo(x, y);
  if (dashed) document.dash(5, { space: 3 });
  document.stroke();
  document.restore();
  const [tip, left, right] = arrowHead(points);
  if (tip === undefined || left === undefined || right === undefined) return;
  document.polygon([tip.x, tip.y], [left.x, left.y], [right.x, right.y]).fill(stroke);
}
