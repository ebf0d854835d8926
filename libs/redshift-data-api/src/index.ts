export { StatementError, Warehouse, type WarehouseDatabase } from './data-api';
